import fc from 'fast-check';
import { addDays, countDays, dayIn, eachDay, type Day } from '../calendar';
import { laterOf, earlierOf } from './availability';
import type { ItemRow } from './item.entity';
import type { LoanRow, LoanStatus } from '../loans/loan.entity';
import { HELD_LOAN_STATUSES } from '../loanStatus';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { Items } from '../testing/items';
import { changeLoan } from '../testing/loans';
import { testApp, type TestApi } from '../testing/testApp';

/** Just after midnight in Kiritimati, where it is a day later than in UTC. */
const NOW = new Date('2026-03-28T10:01:00Z');
const TIME_ZONE = 'Pacific/Kiritimati';
const TODAY = dayIn(TIME_ZONE, NOW);

/** Random streets, and items of each. */
const RUNS = 3;
const ITEMS = 6;

/** A loan of a random item, and the days on which its borrower has the item as far as is known. */
type Loan = {
  startDate: Day;
  dueDate: Day;
  status: LoanStatus;
  returnedOn: Day | null;
};

const randomItem = fc.record({
  bufferDays: fc.integer({ min: 0, max: 3 }),
  maxLoanDays: fc.integer({ min: 1, max: 6 }),
  start: fc.integer({ min: -8, max: 4 }),
  loans: fc.array(
    fc.record({
      gap: fc.integer({ min: 0, max: 4 }),
      days: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 3 },
  ),
  held: fc.constantFrom(null, ...HELD_LOAN_STATUSES),
  daysLate: fc.integer({ min: -2, max: 2 }),
  isHandedOverEarly: fc.boolean(),
});
type RandomItem = typeof randomItem extends fc.Arbitrary<infer T> ? T : never;

type Span = { from: Day; to: Day };

/** Days that are tried on all items. */
const randomSpan: fc.Arbitrary<Span> = fc
  .tuple(fc.integer({ min: -1, max: 9 }), fc.integer({ min: 1, max: 7 }))
  .map(([start, days]) => ({
    from: addDays(TODAY, start),
    to: addDays(TODAY, start + days - 1),
  }));

/** Lays the loans one after the other: those that have begun are returned, and the last may be held. */
function loansOf({ start, loans, held, ...item }: RandomItem): Loan[] {
  let next = addDays(TODAY, start);
  const days = loans.map((loan) => {
    const startDate = addDays(next, loan.gap);
    const dueDate = addDays(startDate, loan.days - 1);
    next = addDays(dueDate, 1);
    return { startDate, dueDate };
  });
  const begun = days.filter(({ startDate }) => startDate <= TODAY).length;
  return days.map((loan, index) => {
    const returnedOn = laterOf(
      loan.startDate,
      earlierOf(TODAY, addDays(loan.dueDate, item.daysLate)),
    );
    const isFirst = index === 0 && begun === 0;
    if (held && (index === begun - 1 || (isFirst && item.isHandedOverEarly)))
      return { ...loan, status: held, returnedOn: null };
    return index < begun
      ? { ...loan, status: 'RETURNED', returnedOn }
      : { ...loan, status: 'APPROVED', returnedOn: null };
  });
}

const isHeld = ({ status }: Loan) =>
  status !== 'RETURNED' && status !== 'APPROVED';

/** The days on which borrowers have the item, or were promised it. */
const lentDays = (loans: Loan[]): Set<Day> =>
  new Set(
    loans.flatMap((loan) => {
      const { startDate, dueDate, returnedOn } = loan;
      if (returnedOn) return [];
      if (!isHeld(loan)) return eachDay(startDate, dueDate);
      const last = dueDate < TODAY ? addDays(TODAY, 1) : dueDate;
      return eachDay(earlierOf(startDate, TODAY), last);
    }),
  );

/** Days around which the item rests: those above, and the days of returns. */
const takenDays = (loans: Loan[], bufferDays: number): Set<Day> =>
  new Set([
    ...lentDays(loans),
    ...loans.flatMap(({ returnedOn }) =>
      returnedOn && bufferDays > 0 ? [returnedOn] : [],
    ),
  ]);

const isFree = (from: Day, to: Day, taken: Set<Day>, bufferDays: number) =>
  eachDay(addDays(from, -bufferDays), addDays(to, bufferDays)).every(
    (day) => !taken.has(day),
  );

/** An item in the database, with what is known of its loans. */
type Lent = RandomItem & {
  title: string;
  row: ItemRow;
  lent: Set<Day>;
  taken: Set<Day>;
  /** The loan that can be extended. */
  running: LoanRow | null;
};

async function buildStreet(api: TestApi, plans: RandomItem[], run: number) {
  const ana = await buildPerson(api, `ana${run}`);
  const street = await buildNeighborhood(api, ana, { timeZone: TIME_ZONE });
  const ben = await buildNeighbor(api, street, `ben${run}`);
  const cem = await buildNeighbor(api, street, `cem${run}`);
  const items: Lent[] = [];
  for (const [index, plan] of plans.entries()) {
    const title = String(index);
    const { bufferDays, maxLoanDays } = plan;
    const settings = { title, bufferDays, maxLoanDays };
    const row = await buildItem(api, street, ana, settings);
    const loans = loansOf(plan);
    let running: LoanRow | null = null;
    for (const loan of loans) {
      const built = await buildLoan(api, row, ben, loan);
      if (loan.status === 'ON_LOAN' && loan.dueDate >= TODAY) running = built;
    }
    const taken = takenDays(loans, bufferDays);
    const lent = lentDays(loans);
    items.push({ ...plan, title, row, lent, taken, running });
  }
  return { ana, ben, cem, street, items };
}
type Street = Awaited<ReturnType<typeof buildStreet>>;

/** Badge and calendar: `restDays` are those of the busy days that no loan has. */
async function checkCalendars(api: TestApi, { cem, items }: Street) {
  const span = `(from: "${TODAY}", to: "${addDays(TODAY, 20)}")`;
  for (const { row, lent, taken, bufferDays } of items) {
    const { data } = await api
      .as(cem)
      .run(
        `{ item(id: "${row.id}") { availableToday busyDays${span} restDays${span} } }`,
      );
    const busyDays = eachDay(TODAY, addDays(TODAY, 20)).filter(
      (day) => !isFree(day, day, taken, bufferDays),
    );
    expect(data).toEqual({
      item: {
        availableToday: !busyDays.includes(TODAY),
        busyDays,
        restDays: busyDays.filter((day) => !lent.has(day)),
      },
    });
  }
}

/** The list, and requests of the same days. */
async function checkRequests(
  api: TestApi,
  { cem, street, items }: Street,
  spans: Span[],
) {
  let count = 0;
  for (const [index, { from, to }] of spans.entries()) {
    const expected = items.filter(
      ({ taken, bufferDays, maxLoanDays }) =>
        from >= TODAY &&
        countDays(from, to) <= maxLoanDays &&
        isFree(from, to, taken, bufferDays),
    );
    const { data } = await api.as(cem).run(Items, {
      neighborhoodId: street.id,
      filter: { availableFrom: from, availableTo: to },
    });
    const listed = data.items.edges.map(({ node }) => node.title).sort();
    expect(listed).toEqual(expected.map(({ title }) => title));
    count += listed.length;
    const { errors } = await changeLoan(api.as(cem), 'requestLoan', {
      itemId: items[index]?.row.id,
      startDate: from,
      dueDate: to,
    });
    expect([index, errors.length === 0]).toEqual([
      index,
      listed.includes(String(index)),
    ]);
  }
  return count;
}

/** Extensions, which only the days of later loans and their rest prevent. */
async function checkExtensions(api: TestApi, { ben, items }: Street) {
  for (const { running, taken, bufferDays, maxLoanDays, start } of items)
    if (running) {
      const first = addDays(running.dueDate, 1);
      const newDueDate = addDays(running.dueDate, (Math.abs(start) % 4) + 1);
      const later = new Set([...taken].filter((day) => day >= first));
      const { errors } = await changeLoan(api.as(ben), 'requestExtension', {
        loanId: running.id,
        newDueDate,
      });
      expect([newDueDate, errors.length === 0]).toEqual([
        newDueDate,
        countDays(first, newDueDate) <= maxLoanDays &&
          isFree(first, newDueDate, later, bufferDays),
      ]);
    }
}

/** Approvals of requests that were made before others took the days. */
async function checkApprovals(
  api: TestApi,
  { ana, cem, items }: Street,
  spans: Span[],
) {
  for (const [index, { row, taken, bufferDays }] of items.entries()) {
    const { from = TODAY, to = TODAY } = spans[index] ?? {};
    const startDate = laterOf(from, TODAY);
    const days = { startDate, dueDate: laterOf(startDate, to) };
    const { id: loanId } = await buildLoan(api, row, cem, days);
    const { errors } = await changeLoan(api.as(ana), 'approveLoan', { loanId });
    expect([days, errors.length === 0]).toEqual([
      days,
      isFree(days.startDate, days.dueDate, taken, bufferDays),
    ]);
  }
}

describe.each(DATABASES)('free days (%s)', (database) => {
  it('list, badge, calendar, request, extension and approval agree on random items', async () => {
    itIs(NOW);
    const api = await testApp({ database });
    let run = 0;
    let listed = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.array(randomItem, { minLength: ITEMS, maxLength: ITEMS }),
        fc.array(randomSpan, { minLength: ITEMS, maxLength: ITEMS }),
        async (plans, spans) => {
          const street = await buildStreet(api, plans, run++);
          await checkCalendars(api, street);
          listed += await checkRequests(api, street, spans);
          await checkExtensions(api, street);
          await checkApprovals(api, street, spans);
        },
      ),
      { numRuns: RUNS, seed: 20260329 },
    );

    // Neither all nor none, otherwise the property would prove little.
    expect(listed).toBeGreaterThan(RUNS * ITEMS);
    expect(listed).toBeLessThan(RUNS * ITEMS * ITEMS - RUNS * ITEMS);
  });
});
