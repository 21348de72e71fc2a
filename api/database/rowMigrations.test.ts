import { eachDay, type Day } from '../calendar';
import { BookedDayEntity } from '../loans/bookedDay.entity';
import { LoanEntity, type LoanStatus } from '../loans/loan.entity';
import { InviteEntity } from '../neighborhoods/invite.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { DATABASES, type DatabaseName } from '../testing/databases';
import {
  LONG_AGO,
  oldDatabase,
  oldId,
  oldItem,
  oldMembership,
  oldNeighborhood,
  oldUser,
} from '../testing/oldDatabase';
import { testApp } from '../testing/testApp';
import { sql } from './sql';

const ANA = oldId(1);
const BEN = oldId(2);
const CARA = oldId(3);
const DORA = oldId(4);
const EVE = oldId(5);
const MAPLE = oldId(10);
const OAK = oldId(11);
const DRILL = oldId(20);

const PEOPLE = [
  oldUser(ANA, 'ana'),
  oldUser(BEN, 'ben'),
  oldUser(CARA, 'cara'),
  oldUser(DORA, 'dora'),
  oldUser(EVE, 'eve'),
];
const NEIGHBORHOODS = [
  oldNeighborhood(MAPLE, 'Maple Street'),
  oldNeighborhood(OAK, 'Oak Lane'),
];

/** Returns an invite of Maple Street; without an id of its own it has that of its creator. */
const oldInvite = (creator: string, id = creator) => ({
  ...{ id, created_by_id: creator, neighborhood_id: MAPLE },
  ...{ max_uses: 5, uses: 1, created_at: LONG_AGO, revoked_at: null },
  expires_at: new Date('2099-01-01T00:00:00Z'),
});

const both = <T>(value: T) => ({ sqlite: value, postgres: value });

/**
 * Loans of an item that rests for two days, which were booked too, with the day of the return and the last
 * day that stays booked. In Berlin `23:30Z` is the next day, but SQLite knows no time zones.
 */
const LOANS: {
  start: Day;
  due: Day;
  status: LoanStatus;
  bookedTo: Day;
  keptTo: Record<DatabaseName, Day>;
  returnedAt?: string;
  returnedOn?: Record<DatabaseName, Day>;
}[] = [
  {
    ...{ start: '2026-01-05', due: '2026-01-09', status: 'RETURNED' },
    ...{ returnedAt: '2026-01-07T12:00Z', returnedOn: both('2026-01-07') },
    ...{ bookedTo: '2026-01-09', keptTo: both('2026-01-06') },
  },
  {
    ...{ start: '2026-02-02', due: '2026-02-04', status: 'RETURNED' },
    ...{ returnedAt: '2026-02-06T12:00Z', returnedOn: both('2026-02-06') },
    ...{ bookedTo: '2026-02-06', keptTo: both('2026-02-04') },
  },
  {
    ...{ start: '2026-03-02', due: '2026-03-06', status: 'RETURNED' },
    returnedAt: '2026-03-04T23:30Z',
    returnedOn: { sqlite: '2026-03-04', postgres: '2026-03-05' },
    bookedTo: '2026-03-07',
    keptTo: { sqlite: '2026-03-03', postgres: '2026-03-04' },
  },
  {
    ...{ start: '2026-04-06', due: '2026-04-08', status: 'ON_LOAN' },
    ...{ bookedTo: '2026-04-10', keptTo: both('2026-04-08') },
  },
  {
    ...{ start: '2026-05-04', due: '2026-05-05', status: 'APPROVED' },
    ...{ bookedTo: '2026-05-07', keptTo: both('2026-05-05') },
  },
];

describe.each(DATABASES)('migrations of rows (%s)', (database) => {
  it('blocks get the names of the blocked person, unless that account is deleted', async () => {
    const gone = { username: '', username_key: CARA, name: '' };
    const block = { blocker_id: ANA, created_at: LONG_AGO };
    const location = await oldDatabase(database, 'Migration20261128100000', {
      users: [
        oldUser(ANA, 'ana'),
        { ...oldUser(BEN, 'ben'), name: 'Ben from No. 5', deleted_at: null },
        { ...oldUser(CARA, 'cara'), ...gone, deleted_at: LONG_AGO },
      ],
      blocks: [
        { ...block, blocked_id: BEN },
        { ...block, blocked_id: CARA },
      ],
    });

    const { services } = await testApp(location);

    expect(
      await services.reads.all(
        sql`select blocked_id, name, username from blocks order by blocked_id`,
      ),
    ).toEqual([
      { blocked_id: BEN, name: 'Ben from No. 5', username: 'ben' },
      { blocked_id: CARA, name: null, username: null },
    ]);
  });

  it('invites of people who are no stewards any more are revoked', async () => {
    const revokedAt = new Date('2025-11-01T10:00:00.123Z');
    const revoked = oldId(30);
    const location = await oldDatabase(database, 'Migration20261128110100', {
      users: PEOPLE,
      neighborhoods: NEIGHBORHOODS,
      memberships: [
        oldMembership(oldId(40), ANA, MAPLE, ['STEWARD', 'ACTIVE']),
        oldMembership(oldId(41), BEN, MAPLE, ['MEMBER', 'ACTIVE']),
        oldMembership(oldId(42), CARA, MAPLE, ['STEWARD', 'SUSPENDED']),
        oldMembership(oldId(43), DORA, MAPLE, ['MEMBER', 'ENDED']),
        oldMembership(oldId(44), EVE, OAK, ['STEWARD', 'ACTIVE']),
      ],
      invites: [
        ...[ANA, BEN, CARA, DORA, EVE].map((creator) => oldInvite(creator)),
        { ...oldInvite(BEN, revoked), revoked_at: revokedAt },
      ],
    });

    const { services } = await testApp(location);

    const invites = await services.orm.em.fork().find(InviteEntity, {});
    const revocation = new Map(invites.map((row) => [row.id, row.revokedAt]));
    expect(revocation.get(ANA)).toBeNull();
    expect(revocation.get(revoked)).toEqual(revokedAt);
    for (const creator of [BEN, CARA, DORA, EVE])
      expect(revocation.get(creator)?.getTime()).toBeGreaterThan(
        revokedAt.getTime(),
      );
  });

  it('booked days end with the loan or before the return, without the days of rest', async () => {
    const location = await oldDatabase(database, 'Migration20261128110200', {
      users: PEOPLE,
      neighborhoods: NEIGHBORHOODS,
      items: [{ ...oldItem(DRILL, ANA, MAPLE, 'Drill'), buffer_days: 2 }],
      loans: LOANS.map(({ start, due, status, returnedAt }, index) => ({
        ...{ id: oldId(50 + index), item_id: DRILL, neighborhood_id: MAPLE },
        ...{ borrower_id: BEN, owner_id: ANA, status, note: '', version: 4 },
        ...{ start_date: start, due_date: due },
        returned_at: returnedAt && new Date(returnedAt),
        ...{ created_at: LONG_AGO, updated_at: LONG_AGO },
      })),
      booked_days: LOANS.flatMap(({ start, bookedTo }, index) =>
        eachDay(start, bookedTo).map((day) => ({
          ...{ item_id: DRILL, loan_id: oldId(50 + index), day },
        })),
      ),
    });

    const { services } = await testApp(location);

    const em = services.orm.em.fork();
    const loans = await em.find(LoanEntity, {}, { orderBy: { id: 'asc' } });
    const booked = await em.find(BookedDayEntity, {}, { orderBy: { day: 1 } });
    const daysOf = (id: string) =>
      booked.filter(({ loan }) => loan.id === id).map(({ day }) => day);
    expect(loans.map(({ id, returnedOn }) => [returnedOn, daysOf(id)])).toEqual(
      LOANS.map(({ start, ...after }) => [
        after.returnedOn?.[database] ?? null,
        eachDay(start, after.keptTo[database]),
      ]),
    );
  });

  it('people who are or were members joined when their membership began', async () => {
    const statuses = {
      [ANA]: 'ACTIVE',
      [BEN]: 'SUSPENDED',
      [CARA]: 'BANNED',
      [DORA]: 'PENDING',
      [EVE]: 'ENDED',
    };
    const location = await oldDatabase(database, 'Migration20261128130002', {
      users: PEOPLE,
      neighborhoods: NEIGHBORHOODS,
      memberships: Object.entries(statuses).map(([user, status]) =>
        oldMembership(user, user, MAPLE, ['MEMBER', status]),
      ),
    });

    const { services } = await testApp(location);

    const members = await services.orm.em.fork().find(MembershipEntity, {});
    expect(
      Object.fromEntries(members.map(({ id, joinedAt }) => [id, joinedAt])),
    ).toEqual({
      [ANA]: LONG_AGO,
      [BEN]: LONG_AGO,
      [CARA]: LONG_AGO,
      [DORA]: null,
      [EVE]: null,
    });
  });

  it('loans whose borrower was reminded are not notified again on that day', async () => {
    const SAW = oldId(21);
    const common = {
      ...{ neighborhood_id: MAPLE, owner_id: ANA, note: '' },
      ...{ start_date: '2026-11-28', due_date: '2026-11-30', version: 4 },
      ...{ created_at: LONG_AGO, updated_at: LONG_AGO },
    };
    const reminded = (user: string, day: Day) => ({
      ...{ user_id: user, day, created_at: LONG_AGO },
    });
    const location = await oldDatabase(database, 'Migration20261130120000', {
      users: PEOPLE,
      neighborhoods: NEIGHBORHOODS,
      items: [DRILL, SAW].map((id) => ({
        ...oldItem(id, ANA, MAPLE, 'Tool'),
        search_words: '',
      })),
      loans: [
        { ...common, item_id: DRILL, borrower_id: BEN, status: 'ON_LOAN' },
        { ...common, item_id: SAW, borrower_id: CARA, status: 'ON_LOAN' },
        { ...common, item_id: DRILL, borrower_id: BEN, status: 'RETURNED' },
      ].map((loan, index) => ({ ...loan, id: oldId(50 + index) })),
      reminder_mails: [
        reminded(BEN, '2026-11-23'),
        reminded(BEN, '2026-11-30'),
        reminded(DORA, '2026-11-30'),
      ],
    });

    const { services } = await testApp(location);

    const loans = await services.orm.em
      .fork()
      .find(LoanEntity, {}, { orderBy: { id: 'asc' } });
    expect(loans.map(({ dueNotifiedOn }) => dueNotifiedOn)).toEqual([
      '2026-11-30',
      null,
      null,
    ]);
  });
});
