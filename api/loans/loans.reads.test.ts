import { addDays } from '../calendar';
import type { Person } from '../testing/buildPeople';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { itIs } from '../testing/clock';
import {
  buildLendingStreet,
  changeLoan,
  idsOf,
  ownLoans,
  seeLoan,
  type OwnLoans,
} from '../testing/loans';
import { DATABASES } from '../testing/databases';

describe.each(DATABASES)("the viewer's loans (%s)", (database) => {
  it('myLoans is paginated newest first and can be filtered by role and by open or ended', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const ladder = await buildItem(api, street, ben);
    const lent = await buildLoan(api, drill, ben, { status: 'APPROVED' });
    const over = await buildLoan(api, drill, ben, {
      status: 'RETURNED',
      startDate: addDays(today, -9),
    });
    const borrowed = await buildLoan(api, ladder, ana);
    const asAna = api.as(ana);
    const all = [borrowed.id, over.id, lent.id];

    expect(idsOf(await ownLoans(asAna))).toEqual(all);
    expect(idsOf(await ownLoans(asAna, { role: 'OWNER' }))).toEqual([
      over.id,
      lent.id,
    ]);
    expect(idsOf(await ownLoans(asAna, { role: 'BORROWER' }))).toEqual([
      borrowed.id,
    ]);
    expect(idsOf(await ownLoans(asAna, { role: 'STEWARD' }))).toEqual([]);
    expect(idsOf(await ownLoans(asAna, { open: true }))).toEqual([
      borrowed.id,
      lent.id,
    ]);
    expect(
      idsOf(await ownLoans(asAna, { role: 'OWNER', open: false })),
    ).toEqual([over.id]);
    const first = await ownLoans(asAna, { first: 2 });
    const second = await ownLoans(asAna, {
      first: 2,
      after: first.pageInfo.endCursor,
    });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(all);
    expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual(
      [true, false],
    );
  });

  it('a page of 50 loans with all fields takes nine SQL statements', async () => {
    const { api, ana, street } = await buildLendingStreet(database);
    const people: Person[] = [];
    for (let i = 0; i < 5; i++)
      people.push(await buildNeighbor(api, street, `person${i}`));
    for (let i = 0; i < 52; i++) {
      const borrower = people[i % 5];
      const item = await buildItem(api, street, ana);
      if (borrower) await buildLoan(api, item, borrower, { status: 'ON_LOAN' });
    }
    api.statements.length = 0;

    const page = await api.as(ana).run<
      OwnLoans,
      object
    >(`{ myLoans(first: 50) { edges { node {
      id status overdue viewerRole viewerActions note
      item { title photos { url } owner { name } } borrower { name photo { url } } owner { name }
      neighborhood { name today } contact { address } extension { newDueDate }
    } } } }`);

    expect(page.data.myLoans.edges).toHaveLength(50);
    expect(api.statements).toHaveLength(9);
  });
});

describe('loans across the start of summer time', () => {
  it('a loan across the change of clocks has all of its days and is due until midnight in Berlin', async () => {
    itIs(new Date('2026-03-28T12:00:00Z'));
    const { api, ana, ben, drill, bookedBy } =
      await buildLendingStreet('sqlite');
    const { id } = await buildLoan(api, drill, ben, {
      startDate: '2026-03-28',
      dueDate: '2026-03-30',
    });

    await changeLoan(api.as(ana), 'approveLoan', { loanId: id });
    await changeLoan(api.as(ana), 'handOverLoan', { loanId: id });

    expect(await bookedBy({ id })).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
    ]);
    const later = async (moment: string) => {
      itIs(new Date(moment));
      const sessionEnd = new Date(Date.now() + 86_400_000);
      const token = api.services.tokens.sign({
        userId: ben.user.id,
        sessionId: ben.sessionId,
        sessionEnd,
      });
      return (await seeLoan(api.as(token), id))?.overdue;
    };
    // Summer time: midnight is at 22:00 in UTC now.
    expect(await later('2026-03-30T21:59:00Z')).toBe(false);
    expect(await later('2026-03-30T22:01:00Z')).toBe(true);
  });
});
