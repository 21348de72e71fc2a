import { v7 as uuidv7 } from 'uuid';
import { addDays, dayIn } from '../calendar';
import { buildBlock, buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildExtension, buildLoan } from '../testing/buildLoans';
import {
  asMutation,
  changeLoan,
  loanMutation,
  seeLoan,
} from '../testing/loans';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import type { MembershipStatus } from '../neighborhoods/membership.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import type { LoanRow, LoanStatus, LoanAction } from './loan.entity';
import { sql } from '../database/sql';

/** Names of the actions in the table. */
const WORDS: Record<string, LoanAction> = {
  approve: 'APPROVE',
  decline: 'DECLINE',
  cancel: 'CANCEL',
  give: 'HAND_OVER',
  claim: 'CLAIM_RETURN',
  confirm: 'CONFIRM_RETURN',
  dispute: 'DISPUTE',
  settle: 'SETTLE_DISPUTE',
  prolong: 'REQUEST_EXTENSION',
  grant: 'APPROVE_EXTENSION',
  refuse: 'DECLINE_EXTENSION',
  withdraw: 'CANCEL_EXTENSION',
  remind: 'REMIND',
  undo: 'UNDO',
  write: 'SEND_MESSAGE',
};
const ACTIONS = Object.values(WORDS);

/**
 * Allowed actions by state and viewer. A dash: the loan does not exist for the viewer. `see`: the
 * loan is visible, without actions. Neighbors, non-members and anonymous visitors see no loan of
 * others in any state. `wish`: on loan with an open extension request. `late`: on loan and overdue. No step
 * was taken that could be undone: see undo.test.ts.
 */
const TABLE = `
state          | owner                              | borrower                     | steward | suspended owner              | suspended borrower           | banned owner                 | banned borrower              | blocking owner               | blocked borrower
REQUESTED      | approve decline write              | cancel write                 | -       | decline write                | cancel write                 | -                            | -                            | -                            | -
APPROVED       | cancel give write                  | cancel write                 | -       | cancel write                 | cancel write                 | -                            | -                            | cancel give write            | cancel write
ON_LOAN        | confirm dispute write              | claim dispute prolong write  | -       | confirm dispute write        | claim dispute write          | confirm dispute write        | claim dispute write          | confirm dispute write        | claim dispute write
wish           | confirm dispute grant refuse write | claim dispute withdraw write | -       | confirm dispute refuse write | claim dispute withdraw write | confirm dispute refuse write | claim dispute withdraw write | confirm dispute refuse write | claim dispute withdraw write
late           | confirm dispute remind write       | claim dispute prolong write  | -       | confirm dispute remind write | claim dispute write          | confirm dispute remind write | claim dispute write          | confirm dispute remind write | claim dispute write
RETURN_CLAIMED | confirm dispute write              | dispute write                | -       | confirm dispute write        | dispute write                | confirm dispute write        | dispute write                | confirm dispute write        | dispute write
DISPUTED       | settle write                       | write                        | settle  | settle write                 | write                        | settle write                 | write                        | settle write                 | write
RETURNED       | write                              | write                        | -       | see                          | see                          | -                            | -                            | -                            | -
DAMAGED        | write                              | write                        | -       | see                          | see                          | -                            | -                            | -                            | -
LOST           | write                              | write                        | -       | see                          | see                          | -                            | -                            | -                            | -
DECLINED       | write                              | write                        | -       | see                          | see                          | -                            | -                            | -                            | -
CANCELLED      | write                              | write                        | -       | see                          | see                          | -                            | -                            | -                            | -
EXPIRED        | write                              | write                        | -       | see                          | see                          | -                            | -                            | -                            | -
`;

const [HEAD = [], ...ROWS] = TABLE.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** For each state who may do what in it; null where they see nothing. */
const CASES = ROWS.map(
  ([state = '', ...cells]): [
    string,
    { who: string; may: LoanAction[] | null }[],
  ] => [
    state,
    cells.map((cell, index) => ({
      who: HEAD[index + 1] ?? '',
      may: cell === '-' ? null : toActions(cell),
    })),
  ],
);

function toActions(cell: string): LoanAction[] {
  const words = cell.split(' ').filter((word) => word !== 'see');
  return words.map((word) => WORDS[word] ?? unknown(word));
}

function unknown(word: string): never {
  throw new Error(`The table does not know ${word}`);
}

/** Two neighbors who lend each other items, set up for a column of the table. */
type Pair = { owner: Person; borrower: Person; viewer: Person };

async function buildPair(
  api: TestApi,
  street: Neighborhood,
  steward: Person,
  who: string,
): Promise<Pair> {
  const name = who.replaceAll(' ', '');
  const [how, side] = who.includes(' ') ? who.split(' ') : ['', who];
  const status = { suspended: 'SUSPENDED', banned: 'BANNED' }[String(how)];
  const statusOf = (one: string) => ({
    status: (side === one && status ? status : 'ACTIVE') as MembershipStatus,
  });
  const owner = await buildNeighbor(
    api,
    street,
    `${name}.o`,
    statusOf('owner'),
  );
  const borrower = await buildNeighbor(
    api,
    street,
    `${name}.b`,
    statusOf('borrower'),
  );
  if (String(how).startsWith('block')) await buildBlock(api, owner, borrower);
  const viewers: Record<string, Person> = { owner, borrower, steward };
  return { owner, borrower, viewer: viewers[String(side)] ?? unknown(who) };
}

/** Builds a loan of the pair in a state of the table. */
async function buildState(
  api: TestApi,
  street: Neighborhood,
  { owner, borrower }: Pair,
  state: string,
): Promise<{ loan: LoanRow; extensionId: string }> {
  const item = await buildItem(api, street, owner);
  const isHeld = state === 'wish' || state === 'late';
  const status = (isHeld ? 'ON_LOAN' : state) as LoanStatus;
  const today = dayIn(street.timeZone, new Date());
  const late = { startDate: addDays(today, -3), dueDate: addDays(today, -1) };
  const loan = await buildLoan(api, item, borrower, {
    status,
    ...(state === 'late' && late),
  });
  const extensionId =
    state === 'wish' ? (await buildExtension(api, loan)).id : uuidv7();
  return { loan, extensionId };
}

const statusOf = async (api: TestApi, { id }: LoanRow) => {
  const [row] = await api.services.reads.all<{ status: string }>(
    sql`select status from loans where id = ${id}`,
  );
  return row?.status;
};

/** Codes of refused actions. */
const REFUSED: unknown = expect.stringMatching(
  /NOT_ALLOWED|CONFLICT|NOT_FOUND/,
);

/** Starts a server with a neighborhood and its steward. */
async function buildStreet(database: DatabaseName) {
  const api = await testApp({ database });
  const sam = await buildPerson(api, 'sam');
  return { api, sam, street: await buildNeighborhood(api, sam) };
}

describe.each(DATABASES)('viewerActions of a loan (%s)', (database) => {
  it.each(CASES)(
    'viewerActions in state %s are exactly the actions in the table',
    async (state, columns) => {
      const { api, sam, street } = await buildStreet(database);

      for (const { who, may } of columns) {
        const pair = await buildPair(api, street, sam, who);
        const { loan } = await buildState(api, street, pair, state);
        const seen = await seeLoan(api.as(pair.viewer), loan.id);
        expect([who, seen?.viewerActions ?? null]).toEqual([who, may]);
      }
    },
  );
});

describe('permissions of loan mutations', () => {
  it.each(CASES)(
    'loan mutations in state %s allow exactly the actions in the table',
    async (state, columns) => {
      const { api, sam, street } = await buildStreet('sqlite');

      for (const { who, may } of columns) {
        const pair = await buildPair(api, street, sam, who);
        const caller = api.as(pair.viewer);
        let { loan, extensionId } = await buildState(api, street, pair, state);
        for (const action of ACTIONS) {
          const answer = await changeLoan(
            caller,
            ...asMutation(action, loan, extensionId),
          );
          if (may?.includes(action)) {
            expect([who, action, answer.errors]).toEqual([who, action, []]);
            ({ loan, extensionId } = await buildState(
              api,
              street,
              pair,
              state,
            ));
          } else {
            const codes = answer.errors.map(({ code }) => code);
            expect([who, action, codes]).toEqual([
              who,
              action,
              [may ? REFUSED : 'NOT_FOUND'],
            ]);
            expect(await statusOf(api, loan)).toBe(loan.status);
          }
        }
      }
    },
  );

  it.each(CASES)(
    'a loan in state %s does not exist for neighbors, non-members and anonymous visitors',
    async (state) => {
      const { api, sam, street } = await buildStreet('sqlite');
      const pair = await buildPair(api, street, sam, 'owner');
      const { loan, extensionId } = await buildState(api, street, pair, state);
      const nobodys = { id: uuidv7(), dueDate: loan.dueDate };

      for (const person of [
        await buildNeighbor(api, street, 'nia'),
        await buildPerson(api, 'eve'),
      ]) {
        expect(await seeLoan(api.as(person), loan.id)).toBeNull();
        for (const action of ACTIONS)
          expect(
            await changeLoan(
              api.as(person),
              ...asMutation(action, loan, extensionId),
            ),
          ).toEqual(
            await changeLoan(
              api.as(person),
              ...asMutation(action, nobodys, uuidv7()),
            ),
          );
      }
      for (const action of ACTIONS) {
        const [name, input] = asMutation(action, loan, extensionId);
        const answer = await api.anonymous.run(loanMutation(name), { input });
        expect(answer.status).toBe(401);
      }
      expect(await statusOf(api, loan)).toBe(loan.status);
    },
  );
});
