import type { LoanAction } from './loan.entity';
import fc from 'fast-check';
import { addDays, dayIn } from '../calendar';
import type { ItemRow } from '../items/item.entity';
import { buildPerson, type Person } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { itIs } from '../testing/clock';
import { watchLoans } from '../testing/loanInvariants';
import {
  asMutation,
  changeLoan,
  seeLoan,
  type SeenLoan,
} from '../testing/loans';
import { testApp, type Caller, type TestApi } from '../testing/testApp';
import { expireLoans } from './expireLoans';
import { NEXT_LOAN_STATUSES } from '../loanStatus';
import { runs } from '../testing/runs';
import {
  ACTIONS,
  ACTORS,
  type Actor,
  step,
  type Step,
  MAX_DAYS,
} from '../testing/loanSteps';

const RUNS = runs(20, 60);
const STEPS = 30;
const BUFFER = 1;
/** Number of the latest loans that steps choose from, so that some loans reach their end. */
const MAX_ACTIVE_LOANS = 3;
const BEGINNING = new Date('2026-03-27T10:00:00Z');

/** A neighborhood with two items, and its loans so far. */
type Street = {
  api: TestApi;
  people: Record<Actor, Person>;
  memberships: Partial<Record<Actor, string>>;
  items: ItemRow[];
  loans: { id: string; borrower: Actor }[];
};

let streets = 0;

async function buildStreet(api: TestApi): Promise<Street & { id: string }> {
  const run = String(++streets);
  const steward = await buildPerson(api, `steward${run}`);
  const street = await buildNeighborhood(api, steward);
  const memberships: Street['memberships'] = {};
  const neighbor = async (name: Actor) => {
    const person = await buildPerson(api, name + run);
    memberships[name] = (await buildMembership(api, street, person)).id;
    return person;
  };
  const owner = await neighbor('owner');
  const people = {
    owner,
    steward,
    borrower: await neighbor('borrower'),
    other: await neighbor('other'),
    stranger: await buildPerson(api, `stranger${run}`),
  };
  const text = { maxLoanDays: MAX_DAYS, bufferDays: BUFFER };
  const items = [
    await buildItem(api, street, owner, text),
    await buildItem(api, street, owner, text),
  ];
  return { id: street.id, api, people, memberships, items, loans: [] };
}

/** Returns a caller with a fresh token, as the test advances the clock by days. */
function as({ api, people }: Street, name: Actor): Caller {
  const { user, sessionId } = people[name];
  const sessionEnd = new Date(Date.now() + 86_400_000);
  return api.as(
    api.services.tokens.sign({ userId: user.id, sessionId, sessionEnd }),
  );
}

const pick = <T>(from: readonly T[], at: number): T | undefined =>
  from[at % from.length];

/** Allowed actions, rarely with a message or an early end, so that loans progress. */
const decisions = ({ viewerActions }: SeenLoan, isPatient: boolean) =>
  viewerActions.filter(
    (action) =>
      !isPatient ||
      !['SEND_MESSAGE', 'CANCEL', 'DECLINE', 'UNDO'].includes(action),
  );

/** Tries an action and checks the result against `viewerActions` read before. */
async function tryAction(
  street: Street,
  name: Actor,
  loanId: string,
  action: LoanAction,
  outcome = 'LOST',
) {
  const caller = as(street, name);
  const seen = await seeLoan(caller, loanId);
  const loan = seen ?? { id: loanId, dueDate: dayIn('UTC', new Date()) };
  const wish = seen?.extension?.id ?? loanId;

  const [mutation, input] = asMutation(action, loan, wish);
  const answer = await changeLoan(caller, mutation, {
    ...input,
    ...(action === 'SETTLE_DISPUTE' && { outcome, agreement: 'A new lid.' }),
  });

  const isDone = answer.errors.length === 0;
  expect([name, action, seen, isDone]).toEqual([
    name,
    action,
    seen,
    seen?.viewerActions.includes(action) ?? false,
  ]);
  if (!seen) expect(answer.errors[0]?.code).toBe('NOT_FOUND');
}

async function take(street: Street, step: Step): Promise<void> {
  const { api, people, memberships, items, loans } = street;
  switch (step.kind) {
    case 'request': {
      const today = dayIn('Europe/Berlin', new Date());
      const startDate = addDays(today, step.from);
      const dueDate = addDays(startDate, step.days - 1);
      const itemId = pick(items, step.item)?.id;
      const { loan, errors } = await changeLoan(
        as(street, step.actor),
        'requestLoan',
        { itemId, startDate, dueDate },
      );
      if (!loan) return expect(errors).toHaveLength(1);
      expect(['borrower', 'other']).toContain(step.actor);
      expect(step.from >= 0 && step.days >= 1 && step.days <= MAX_DAYS).toBe(
        true,
      );
      loans.push({ id: loan.id, borrower: step.actor });
      return;
    }
    case 'allowed': {
      const loan = pick(loans.slice(-MAX_ACTIVE_LOANS), step.loan);
      if (!loan) return;
      const name = step.side === 'borrower' ? loan.borrower : step.side;
      const seen = await seeLoan(as(street, name), loan.id);
      const action = seen && pick(decisions(seen, step.isPatient), step.choice);
      const outcomes = ['LOST', 'DAMAGED', 'RETURNED'];
      const outcome = pick(outcomes, Math.floor(step.choice / 40));
      if (action) await tryAction(street, name, loan.id, action, outcome);
      return;
    }
    case 'anything': {
      const loan = pick(loans, step.loan);
      if (loan) await tryAction(street, step.actor, loan.id, step.action);
      return;
    }
    case 'later':
      return itIs(new Date(Date.now() + step.hours * 3_600_000));
    case 'expire':
      await expireLoans(api.services.orm.em.fork());
      return;
    case 'suspendMember':
    case 'reinstateMember':
      await as(street, 'steward').run(
        `mutation ($id: ID!) { ${step.kind}(input: { membershipId: $id }) { errors { code } } }`,
        { id: memberships[step.actor] },
      );
      return;
    case 'blockUser':
    case 'unblockUser':
      await as(street, step.actor).run(
        `mutation ($id: ID!) { ${step.kind}(input: { userId: $id }) { errors { code } } }`,
        { id: people[step.actor === 'owner' ? 'borrower' : 'owner'].user.id },
      );
  }
}

describe('random sequences of actions on loans', () => {
  it('random actions follow the state machine, never double-book an item, and succeed exactly if viewerActions lists them', async () => {
    const api = await testApp();
    const reached = new Set<string>();

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: STEPS, maxLength: STEPS }),
        async (steps) => {
          itIs(BEGINNING);
          const street = await buildStreet(api);
          const checkLoans = watchLoans(api, street.id);
          for (const step of steps) {
            await take(street, step);
            for (const status of await checkLoans()) reached.add(status);
          }
          // Every user tries every action that is not allowed on the last loan.
          const last = street.loans.at(-1)?.id;
          for (const name of ACTORS) {
            const may =
              last && (await seeLoan(as(street, name), last))?.viewerActions;
            for (const action of ACTIONS)
              if (last && !may?.includes(action))
                await tryAction(street, name, last, action);
          }
          await checkLoans();
        },
      ),
      { numRuns: RUNS, seed: 20260329 },
    );

    // All statuses are reached, otherwise the property would prove little.
    expect([...reached].sort()).toEqual(Object.keys(NEXT_LOAN_STATUSES).sort());
  });
});
