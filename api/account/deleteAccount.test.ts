import { buildFullAccount, HERS } from '../testing/account';
import { buildBlock, buildPerson, PASSWORD } from '../testing/buildPeople';
import { testAppWithMail } from '../testing/email';
import { listen, openLine } from '../testing/live';
import { Login, Me, SignUp } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';
import { sql } from '../database/sql';
import {
  DeleteAccount,
  deleteAccount,
  DELETED,
  databaseDump,
  countRows,
  runOrThrow,
} from '../testing/deleteAccount';

describe.each(DATABASES)('deleteAccount on %s', (database) => {
  it('deleteAccount erases everything that identifies the user from the database', async () => {
    const { api, ana, street } = await buildFullAccount(database);
    expect(await databaseDump(api)).toContain(HERS);

    expect(await deleteAccount(api.as(ana))).toEqual(DELETED);

    expect((await databaseDump(api)).toLowerCase()).not.toContain(HERS);
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
      [`calendar_feeds where user_id = '${id}'`, 0],
      [`deliveries where recipient_id = '${id}'`, 0],
      [`push_devices where user_id = '${id}'`, 0],
      [`topic_choices where user_id = '${id}'`, 0],
      [`mail_pauses where user_id = '${id}'`, 0],
      [`digests where user_id = '${id}'`, 0],
      [`sessions where user_id = '${id}' and revoked_at is null`, 0],
      [`memberships where user_id = '${id}' and status = 'ENDED'`, 1],
      [`memberships where neighborhood_id = '${street.id}'`, 4],
    ] as const)
      expect([from, await countRows(api, from)]).toEqual([from, left]);
  });

  it('deleteAccount keeps shared loans, messages and reports under the name “A former neighbor”', async () => {
    const { api, ana, ben, sam, lent, borrowed, street, drill } =
      await buildFullAccount(database);
    await deleteAccount(api.as(ana));

    const LOAN = `item { title } owner { name username about deleted photo { id } }
      borrower { name deleted } viewerActions messages { edges { node { body author { name } } } }`;
    const seen = await runOrThrow(
      api.as(ben),
      `{ lent: loan(id: "${lent.id}") { ${LOAN} } borrowed: loan(id: "${borrowed.id}") { ${LOAN} }
        user(id: "${ana.user.id}") { id } item(id: "${drill.id}") { id } }`,
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
        // A deleted account cannot read messages.
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
      user: null,
      item: null,
    });
    const looked = await runOrThrow(
      api.as(sam),
      `{ neighborhood(id: "${street.id}") { memberCount
        members { edges { node { user { name } } } }
        ended: members(status: ENDED) { edges { node { user { name } } } }
        reports { edges { node { reporter { name } reportedUser { name } } } } } }`,
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
                reportedUser: { name: 'A former neighbor' },
              },
            },
            {
              node: {
                reporter: { name: 'A former neighbor' },
                reportedUser: { name: 'cleo' },
              },
            },
          ],
        },
      },
    });
  });

  it('a deleted account answers like an unknown one to blocks, reports and membership decisions', async () => {
    const { api, ana, ben, cleo, sam, street } =
      await buildFullAccount(database);
    await buildBlock(api, ben, ana);
    await deleteAccount(api.as(ana));
    const [membership] = await api.services.reads.all<{ id: string }>(
      sql`select id from memberships where user_id = ${ana.user.id}`,
    );

    const codes = async (caller: Caller, mutation: string) => {
      const data = await runOrThrow(
        caller,
        `mutation { answer: ${mutation} { errors { code } } }`,
      );
      return (data.answer as { errors: { code: string }[] }).errors.map(
        ({ code }) => code,
      );
    };
    const input = `userId: "${ana.user.id}"`;
    expect(await runOrThrow(api.as(ben), '{ myBlocks { id } }')).toEqual({
      myBlocks: [],
    });
    expect(await codes(api.as(sam), `blockUser(input: { ${input} })`)).toEqual([
      'NOT_FOUND',
    ]);
    expect(
      await codes(
        api.as(cleo),
        `reportUser(input: { ${input}, neighborhoodId: "${street.id}", reason: "x" })`,
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

  it('deleteAccount revokes all sessions at once and frees the username', async () => {
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

  it('deleteAccount sends a last mail to the verified address', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    const ana = await buildPerson(api, 'ana', { email: 'ana@example.org' });

    await deleteAccount(api.as(ana));

    const { subject, to } = await mailServer.next();
    expect([to, subject]).toEqual([
      'ana@example.org',
      'Your account was deleted',
    ]);
  });

  it('deleteAccount requires the password', async () => {
    const { api, ana } = await buildFullAccount(database);
    const before = await databaseDump(api);

    for (const password of ['', 'a guess'])
      expect(await deleteAccount(api.as(ana), password)).toEqual({
        deleted: null,
        errors: [
          {
            code: 'INVALID',
            message: 'This password is wrong',
            field: ['password'],
          },
        ],
      });

    expect(await databaseDump(api)).toBe(before);
  });
});
