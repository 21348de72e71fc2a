import type { ThreadQueryVariables } from '../generated/operations';
import type { LoanStatus } from '../loans/loan.entity';
import { buildBlock, buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan, buildMessage, buildReport } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { SendMessage, Thread, Threads } from '../testing/messages';

const send = async (
  api: TestApi,
  person: Person,
  loanId: string,
  body = 'Hello!',
) => (await api.as(person).run(SendMessage, { loanId, body })).data.sendMessage;

const thread = async (
  api: TestApi,
  person: Person,
  id: string,
  page: Omit<ThreadQueryVariables, 'id'> = {},
) => (await api.as(person).run(Thread, { id, ...page })).data.loan;

const bodies = async (api: TestApi, person: Person, id: string) =>
  (await thread(api, person, id))?.messages.edges.map(({ node }) => node.body);

async function lending(api: TestApi, status: LoanStatus = 'ON_LOAN') {
  const steward = await buildPerson(api, 'steward');
  const neighborhood = await buildNeighborhood(api, steward);
  const ana = await buildNeighbor(api, neighborhood, 'ana');
  const ben = await buildNeighbor(api, neighborhood, 'ben');
  const drill = await buildItem(api, neighborhood, ana);
  const loan = await buildLoan(api, drill, ben, { status });
  return { steward, neighborhood, ana, ben, drill, loan };
}

const setStatus = (api: TestApi, person: Person, status: string) =>
  api.services.orm.em
    .fork()
    .getConnection()
    .execute('update memberships set status = ? where user_id = ?', [
      status,
      person.user.id,
    ]);

describe.each(DATABASES)('messages (%s)', (database) => {
  it('a message goes to the other side of the loan, who is notified', async () => {
    const api = await testApp({ database });
    const { ana, ben, loan } = await lending(api);

    const sent = await send(api, ben, loan.id.toUpperCase(), ' Is it\nheavy? ');

    expect(sent).toMatchObject({
      message: { body: 'Is it\nheavy?', author: { name: 'ben' } },
      loan: {
        id: loan.id,
        messages: { edges: [{ node: { id: sent?.message?.id } }] },
      },
      errors: [],
    });
    const answered = await send(api, ana, loan.id, 'No.');
    expect(answered?.errors).toEqual([]);
    for (const person of [ana, ben])
      expect(await bodies(api, person, loan.id)).toEqual([
        'No.',
        'Is it\nheavy?',
      ]);
    const news = await api.as(ana).run<
      {
        unreadNotificationCount: number;
        myNotifications: { edges: { node: unknown }[] };
      },
      never
    >('{ unreadNotificationCount myNotifications { edges { node { kind actor { name } message { body } loan { id } } } } }');
    expect(news.data).toEqual({
      unreadNotificationCount: 1,
      myNotifications: {
        edges: [
          {
            node: {
              kind: 'MESSAGE_RECEIVED',
              actor: { name: 'ben' },
              message: { body: 'Is it\nheavy?' },
              loan: { id: loan.id },
            },
          },
        ],
      },
    });
  });

  it('messages are paginated, newest first', async () => {
    const api = await testApp({ database });
    const { ana, ben, loan } = await lending(api);
    for (let i = 1; i <= 5; i++)
      await buildMessage(api, loan, i % 2 ? ana : ben, String(i));

    const first = await thread(api, ben, loan.id, { first: 3 });
    const rest = await thread(api, ben, loan.id, {
      first: 3,
      after: first?.messages.pageInfo.endCursor,
    });

    expect(
      [first, rest].flatMap((page) =>
        page?.messages.edges.map(({ node }) => node.body),
      ),
    ).toEqual(['5', '4', '3', '2', '1']);
    expect(first?.messages.pageInfo.hasNextPage).toBe(true);
    expect(rest?.messages.pageInfo.hasNextPage).toBe(false);
  });

  it('messages of 50 loans take one SQL statement', async () => {
    const api = await testApp({ database });
    const { ana, ben, drill } = await lending(api);
    await Promise.all(
      Array.from({ length: 49 }, async () => {
        const loan = await buildLoan(api, drill, ben);
        await buildMessage(api, loan, ana, '1');
        await buildMessage(api, loan, ana, '2');
      }),
    );
    api.statements.length = 0;

    const { data } = await api.as(ana).run(Threads);

    const [newest] = data.myLoans.edges;
    expect(data.myLoans.edges).toHaveLength(50);
    expect(newest?.node.messages).toEqual({
      edges: [{ node: { body: '2' } }],
      pageInfo: { hasNextPage: true },
    });
    expect(api.statements).toHaveLength(2);
  });

  it.each<[string, LoanStatus, string, string | null]>([
    ['an active member', 'ON_LOAN', 'ACTIVE', null],
    ['an active member', 'RETURNED', 'ACTIVE', null],
    ['a suspended member', 'ON_LOAN', 'SUSPENDED', null],
    ['a suspended member', 'APPROVED', 'SUSPENDED', null],
    ['a suspended member', 'RETURNED', 'SUSPENDED', 'CONFLICT'],
    ['a former member', 'ON_LOAN', 'ENDED', null],
    ['a former member', 'RETURNED', 'ENDED', 'NOT_FOUND'],
    ['a banned member', 'REQUESTED', 'BANNED', 'NOT_FOUND'],
  ])(
    'a message of %s about a loan that is %s: membership %s, error %j',
    async (_, status, membership, code) => {
      const api = await testApp({ database });
      const { ben, loan } = await lending(api, status);
      await setStatus(api, ben, membership);

      const canWrite = (
        await thread(api, ben, loan.id)
      )?.viewerActions.includes('SEND_MESSAGE');
      const sent = await send(api, ben, loan.id);

      expect(sent?.errors.map((error) => error.code)).toEqual(
        code ? [code] : [],
      );
      expect(Boolean(canWrite)).toBe(code === null);
    },
  );

  it.each<[LoanStatus, boolean]>([
    ['REQUESTED', false],
    ['APPROVED', true],
    ['ON_LOAN', true],
    ['RETURN_CLAIMED', true],
    ['DISPUTED', true],
    ['RETURNED', false],
  ])(
    'a message between users who blocked each other about a loan that is %s: allowed %s',
    async (status, canWrite) => {
      const api = await testApp({ database });
      const { ana, ben, loan } = await lending(api, status);
      await buildMessage(api, loan, ana, 'before');
      await buildBlock(api, ana, ben);

      for (const person of [ana, ben]) {
        const sent = await send(api, person, loan.id);
        expect(sent?.errors).toEqual(
          canWrite ? [] : [{ code: 'NOT_FOUND', field: ['loanId'] }],
        );
      }
      expect(await bodies(api, ben, loan.id)).toEqual(
        canWrite ? ['Hello!', 'Hello!', 'before'] : undefined,
      );
    },
  );

  it('messages are hidden from neighbors, stewards and non-members', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, loan } = await lending(api, 'DISPUTED');
    const neighbor = await buildNeighbor(api, neighborhood, 'neighbor');
    const stranger = await buildPerson(api, 'stranger');
    await buildMessage(api, loan, ana, 'secret');

    for (const other of [neighbor, stranger]) {
      expect(await thread(api, other, loan.id)).toBeNull();
      expect((await send(api, other, loan.id))?.errors).toEqual([
        { code: 'NOT_FOUND', field: ['loanId'] },
      ]);
    }
    // Stewards see the dispute but not the messages.
    expect(await bodies(api, steward, loan.id)).toEqual([]);
    expect((await send(api, steward, loan.id))?.errors).toEqual([
      { code: 'NOT_ALLOWED', field: null },
    ]);
  });

  it('stewards can read the messages of a loan if one was reported', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, loan, drill } = await lending(api);
    const elsewhere = await buildPerson(api, 'elsewhere');
    await buildNeighborhood(api, elsewhere);
    const other = await buildLoan(api, drill, ben);
    await buildMessage(api, other, ana, 'of another loan');
    await buildMessage(api, loan, ben, 'first');
    const bad = await buildMessage(api, loan, ana, 'bad');
    await buildReport(api, neighborhood, ben, ana, { message: bad });

    expect(await bodies(api, steward, loan.id)).toEqual(['bad', 'first']);
    expect(await thread(api, steward, other.id)).toBeNull();
    expect(await thread(api, elsewhere, loan.id)).toBeNull();
  });

  it.each([
    ['a blank message', ' \n '],
    ['a message of more than 4000 characters', 'x'.repeat(4001)],
  ])('sendMessage refuses %s', async (_, body) => {
    const api = await testApp({ database });
    const { ana, ben, loan } = await lending(api);

    const sent = await send(api, ben, loan.id, body);

    expect(sent?.errors).toEqual([{ code: 'INVALID', field: ['body'] }]);
    expect(await bodies(api, ana, loan.id)).toEqual([]);
  });
});
