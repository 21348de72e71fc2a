import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  DeleteAccountMutation,
  DeleteAccountMutationVariables,
} from '../generated/operations';
import { HELD_LOAN_STATUSES } from '../loans/loanStatus';
import { buildFullAccount, HERS } from '../testing/account';
import { buildBlock, buildPerson, PASSWORD } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem, buildRecipe } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { testAppWithMail } from '../testing/email';
import { listen, openLine } from '../testing/live';
import { newsOf, seeLoan } from '../testing/loans';
import { Login, Me, SignUp } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller, type TestApi } from '../testing/testApp';
import { raw, sql } from '../database/sql';

const DeleteAccount: TypedDocumentNode<
  DeleteAccountMutation,
  DeleteAccountMutationVariables
> = gql`
  mutation DeleteAccount($input: DeleteAccountInput!) {
    deleteAccount(input: $input) {
      deleted
      errors {
        code
        message
        field
      }
    }
  }
`;

const deletion = async (caller: Caller, password = PASSWORD) =>
  (await caller.run(DeleteAccount, { input: { password } })).data.deleteAccount;

const DELETED = { deleted: true, errors: [] };

const refused = (...messages: string[]) => ({
  deleted: null,
  errors: messages.map((message) => ({
    code: 'NOT_ALLOWED',
    message,
    field: null,
  })),
});

/** Every row of every table, as text; but not how often passwords were tried. */
async function everything({ services: { reads } }: TestApi): Promise<string> {
  const tables = await reads.all<{ name: string }>(
    raw(
      reads.dialect === 'sqlite'
        ? `select name from sqlite_master where type = 'table' and name not like '%\\_words%' escape '\\'`
        : `select tablename as name from pg_tables where schemaname = 'public'`,
    ),
  );
  const rows = await Promise.all(
    tables
      .filter(({ name }) => name !== 'attempts')
      .map(async ({ name }) => [
        name,
        await reads.all(sql`select * from "${raw(name)}"`),
      ]),
  );
  return JSON.stringify(rows);
}

const count = async ({ services: { reads } }: TestApi, from: string) => {
  const [row] = await reads.all<{ count: number | string }>(
    sql`select count(*) as count from ${raw(from)}`,
  );
  return Number(row?.count);
};

const ask = async (caller: Caller, query: string) =>
  (await caller.run<Record<string, unknown>, object>(query)).data;

describe.each(DATABASES)('a deleted account on %s', (database) => {
  it('leaves nothing in the database that says whose it was', async () => {
    const { api, ana, street } = await buildFullAccount(database);
    expect(await everything(api)).toContain(HERS);

    expect(await deletion(api.as(ana))).toEqual(DELETED);

    expect((await everything(api)).toLowerCase()).not.toContain(HERS);
    const id = ana.user.id;
    for (const [from, left] of [
      [`photos where uploader_id = '${id}'`, 0],
      ['photo_files', 0],
      ['item_photos', 0],
      [`items where owner_id = '${id}' and status = 'RETIRED'`, 1],
      [`items where owner_id = '${id}'`, 1],
      [`recipes where author_id = '${id}'`, 0],
      [`notifications where recipient_id = '${id}'`, 0],
      [`blocks where blocker_id = '${id}'`, 0],
      [`one_time_tokens where user_id = '${id}'`, 0],
      [`reminder_mails where user_id = '${id}'`, 0],
      [`sessions where user_id = '${id}' and revoked_at is null`, 0],
      [`memberships where user_id = '${id}' and status = 'ENDED'`, 1],
      [`memberships where neighborhood_id = '${street.id}'`, 4],
    ] as const)
      expect([from, await count(api, from)]).toEqual([from, left]);
  });

  it('leaves others what is theirs, from a former neighbor', async () => {
    const { api, ana, ben, sam, lent, borrowed, street, drill } =
      await buildFullAccount(database);
    await deletion(api.as(ana));

    const LOAN = `item { title } owner { name username about deleted photo { id } }
      borrower { name deleted } viewerActions messages { edges { node { body author { name } } } }`;
    const seen = await ask(
      api.as(ben),
      `{ lent: loan(id: "${lent.id}") { ${LOAN} } borrowed: loan(id: "${borrowed.id}") { ${LOAN} }
        person(id: "${ana.user.id}") { id } item(id: "${drill.id}") { id } }`,
    );
    expect(seen).toMatchObject({
      lent: {
        item: { title: 'Drill' },
        owner: {
          name: 'A former neighbor',
          username: '',
          about: '',
          deleted: true,
          photo: null,
        },
        borrower: { name: 'ben', deleted: false },
        // There is nobody who would read it.
        viewerActions: [],
        messages: {
          edges: [
            { node: { body: 'A word of Ben’s.' } },
            {
              node: {
                body: 'Mind the cable.',
                author: { name: 'A former neighbor' },
              },
            },
          ],
        },
      },
      borrowed: { borrower: { name: 'A former neighbor', deleted: true } },
      person: null,
      item: null,
    });
    const looked = await ask(
      api.as(sam),
      `{ neighborhood(id: "${street.id}") { memberCount
        members { edges { node { user { name } } } }
        ended: members(status: ENDED) { edges { node { user { name } } } }
        reports { edges { node { reporter { name } person { name } } } } } }`,
    );
    expect(looked).toEqual({
      neighborhood: {
        memberCount: 3,
        members: {
          edges: ['cleo', 'ben', 'sam'].map((name) => ({
            node: { user: { name } },
          })),
        },
        ended: { edges: [] },
        reports: {
          edges: [
            {
              node: {
                reporter: { name: 'ben' },
                person: { name: 'A former neighbor' },
              },
            },
            {
              node: {
                reporter: { name: 'A former neighbor' },
                person: { name: 'cleo' },
              },
            },
          ],
        },
      },
    });
  });

  it('is like one that never was, for whoever wants to have to do with them', async () => {
    const { api, ana, ben, cleo, sam, street } =
      await buildFullAccount(database);
    await buildBlock(api, ben, ana);
    await deletion(api.as(ana));
    const [membership] = await api.services.reads.all<{ id: string }>(
      sql`select id from memberships where user_id = ${ana.user.id}`,
    );

    const codes = async (caller: Caller, mutation: string) => {
      const data = await ask(
        caller,
        `mutation { answer: ${mutation} { errors { code } } }`,
      );
      return (data.answer as { errors: { code: string }[] }).errors.map(
        ({ code }) => code,
      );
    };
    const input = `userId: "${ana.user.id}"`;
    expect(await ask(api.as(ben), '{ myBlocks { id } }')).toEqual({
      myBlocks: [],
    });
    expect(
      await codes(api.as(sam), `blockPerson(input: { ${input} })`),
    ).toEqual(['NOT_FOUND']);
    expect(
      await codes(
        api.as(cleo),
        `reportPerson(input: { ${input}, neighborhoodId: "${street.id}", reason: "x" })`,
      ),
    ).toEqual(['NOT_FOUND']);
    for (const decision of ['banMember', 'reinstateMember', 'approveMember'])
      expect(
        await codes(
          api.as(sam),
          `${decision}(input: { membershipId: "${membership?.id}" })`,
        ),
      ).toEqual(['NOT_FOUND']);
  });

  it('is out everywhere at once, and its username is free again', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const login = { input: { username: 'ana', password: PASSWORD } };
    const elsewhere = (await api.anonymous.run(Login, login)).data.login;
    const socket = await openLine(url, elsewhere.accessToken);

    const answer = await api
      .as(ana)
      .run(DeleteAccount, { input: { password: PASSWORD } });

    expect(answer.data.deleteAccount).toEqual(DELETED);
    expect(answer.headers['set-cookie']).toMatch(
      /^neighborshare_session=; Max-Age=0/,
    );
    for (const caller of [api.as(ana), api.as(elsewhere)]) {
      const { status, errors } = await caller.run(Me);
      expect([status, errors?.[0]?.extensions.reason]).toEqual([
        401,
        'TOKEN_REVOKED',
      ]);
    }
    expect(await socket.closed).toMatchObject({ code: 4401 });
    for (const username of ['ana', ana.user.id, ''])
      expect(
        (await api.anonymous.run(Login, { input: { username, password: '' } }))
          .status,
      ).toBe(401);
    const again = await api.anonymous.run(SignUp, {
      input: { ...login.input, name: 'Another Ana' },
    });
    expect(again.data.signUp.errors).toEqual([]);
  });

  it('is told of at its address, for the last time', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    const ana = await buildPerson(api, 'ana', { email: 'ana@example.org' });

    await deletion(api.as(ana));

    const { subject, to } = await mailServer.next();
    expect([to, subject]).toEqual([
      'ana@example.org',
      'Your account was deleted',
    ]);
  });

  it('is not deleted without the password', async () => {
    const { api, ana } = await buildFullAccount(database);
    const before = await everything(api);

    for (const password of ['', 'a guess'])
      expect(await deletion(api.as(ana), password)).toEqual({
        deleted: null,
        errors: [
          {
            code: 'INVALID',
            message: 'This is not your password',
            field: ['password'],
          },
        ],
      });

    expect(await everything(api)).toBe(before);
  });

  it.each(HELD_LOAN_STATUSES)(
    'is not deleted while something is %s',
    async (status) => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');
      const street = await buildNeighborhood(api, ana);
      const ben = await buildNeighbor(api, street, 'ben');
      const cleo = await buildNeighbor(api, street, 'cleo');
      const drill = await buildItem(api, street, ben);
      await buildLoan(api, drill, cleo, { status });
      await buildRecipe(api, street, ben);
      const before = await everything(api);

      for (const person of [ben, cleo])
        expect(await deletion(api.as(person))).toEqual(
          refused(
            'First bring back what you have borrowed, and get back what you have lent',
          ),
        );

      expect(await everything(api)).toBe(before);
    },
  );

  it('is not deleted as the last steward of others, and says of which', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    for (const name of ['Elm Street', 'Oak Street']) {
      const street = await buildNeighborhood(api, ana, { name });
      await buildMembership(api, street, ben);
    }
    const shared = await buildNeighborhood(api, ana, { name: 'Fir Street' });
    await buildMembership(api, shared, ben, { role: 'STEWARD' });
    const before = await everything(api);

    expect(await deletion(api.as(ana))).toEqual(
      refused(
        'First make somebody else a steward of Elm Street: you are the last one',
        'First make somebody else a steward of Oak Street: you are the last one',
      ),
    );
    expect(await everything(api)).toBe(before);
    expect(await deletion(api.as(ben))).toEqual(DELETED);
    expect(await deletion(api.as(ana))).toEqual(DELETED);
    expect(await count(api, 'memberships')).toBe(6);
  });

  it('takes a neighborhood along that was never anybody else’s', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const own = await buildNeighborhood(api, ana, {
      joinPolicy: 'INVITE_ONLY',
    });
    await buildItem(api, own, ana);
    await buildRecipe(api, own, ana);
    await api
      .as(ana)
      .run(
        `mutation { createInvite(input: { neighborhoodId: "${own.id}", expiresInDays: 7, maxUses: 5 }) { errors { code } } }`,
      );
    expect(await count(api, 'invites')).toBe(1);

    expect(await deletion(api.as(ana))).toEqual(DELETED);

    for (const table of [
      'neighborhoods',
      'memberships',
      'invites',
      'items',
      'recipes',
    ])
      expect([table, await count(api, table)]).toEqual([table, 0]);
  });

  it('closes a neighborhood in which nobody else is left', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const waiting = await buildNeighbor(api, street, 'will', {
      status: 'PENDING',
    });
    const suspended = await buildNeighbor(api, street, 'sue', {
      status: 'SUSPENDED',
    });
    await buildItem(api, street, suspended);
    const invited = await api
      .as(ana)
      .run<{ createInvite: { invite: { code: string } } }, object>(
        `mutation { createInvite(input: { neighborhoodId: "${street.id}", expiresInDays: 7, maxUses: 5 }) { invite { code } } }`,
      );
    const { code } = invited.data.createInvite.invite;

    expect(await deletion(api.as(ana))).toEqual(DELETED);

    const stranger = api.as(await buildPerson(api, 'otto'));
    expect(
      await ask(
        stranger,
        `{ neighborhood(id: "${street.id}") { id } neighborhoods { edges { cursor } } invite(code: "${code}") { memberCount } }`,
      ),
    ).toEqual({
      neighborhood: null,
      neighborhoods: { edges: [] },
      invite: null,
    });
    for (const mutation of [
      `joinNeighborhood(input: { neighborhoodId: "${street.id}" })`,
      `acceptInvite(input: { code: "${code}" })`,
    ])
      expect(
        await ask(stranger, `mutation { ${mutation} { errors { code } } }`),
      ).toEqual({
        [mutation.split('(')[0] ?? '']: { errors: [{ code: 'NOT_FOUND' }] },
      });
    expect(await newsOf(api.as(waiting))).toEqual(['MEMBERSHIP_DECLINED']);
    expect(await count(api, "memberships where status = 'ENDED'")).toBe(3);
    expect(await count(api, "items where status = 'RETIRED'")).toBe(1);
  });

  it('calls off what was asked for or promised, and tells the other side', async () => {
    const api = await testApp({ database });
    const sam = await buildPerson(api, 'sam');
    const street = await buildNeighborhood(api, sam);
    const ana = await buildNeighbor(api, street, 'ana');
    const ben = await buildNeighbor(api, street, 'ben');
    const [hers, his] = [
      await buildItem(api, street, ana),
      await buildItem(api, street, ben),
    ];
    const loans = [
      await buildLoan(api, hers, ben),
      await buildLoan(api, hers, ben, { status: 'APPROVED' }),
      await buildLoan(api, his, ana),
      await buildLoan(api, his, ana, { status: 'APPROVED' }),
    ];

    expect(await deletion(api.as(ana))).toEqual(DELETED);

    const seen = await Promise.all(
      loans.map(({ id }) => seeLoan(api.as(ben), id)),
    );
    expect(seen.map((loan) => [loan?.status, loan?.reason])).toEqual(
      ['DECLINED', 'CANCELLED', 'CANCELLED', 'CANCELLED'].map((status) => [
        status,
        'Has left NeighborShare',
      ]),
    );
    expect((await newsOf(api.as(ben))).sort()).toEqual([
      'LOAN_CANCELLED',
      'LOAN_CANCELLED',
      'LOAN_CANCELLED',
      'LOAN_DECLINED',
    ]);
    expect(await count(api, 'booked_days')).toBe(0);
  });
});
