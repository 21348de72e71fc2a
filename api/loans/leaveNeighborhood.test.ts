import { MembershipEntity } from '../neighborhoods/membership.entity';
import { buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';
import { BookedDayEntity } from './bookedDay.entity';
import { LoanEntity } from './loan.entity';
import { HELD_LOAN_STATUSES } from '../loanStatus';
import { sql } from '../database/sql';

type Payload = {
  membership: { status: string } | null;
  errors: { code: string }[];
};

const leave = async (caller: Caller, neighborhoodId: string) =>
  (
    await caller.run<{ leaveNeighborhood: Payload }, object>(
      'mutation ($input: LeaveNeighborhoodInput!) { leaveNeighborhood(input: $input) { membership { status } errors { code } } }',
      { input: { neighborhoodId } },
    )
  ).data.leaveNeighborhood;

const suspendOrBan = async (
  caller: Caller,
  mutation: 'suspendMember' | 'banMember',
  membershipId: string,
) =>
  (
    await caller.run<{ answer: Payload }, object>(
      `mutation { answer: ${mutation}(input: { membershipId: "${membershipId}" }) { membership { status } errors { code } } }`,
    )
  ).data.answer;

const notificationKinds = async (caller: Caller) =>
  (
    await caller.run<
      { myNotifications: { edges: { node: { kind: string } }[] } },
      object
    >('{ myNotifications { edges { node { kind } } } }')
  ).data.myNotifications.edges
    .map(({ node }) => node.kind)
    .sort();

/** Builds Ben with requested and approved loans, both as a borrower and as an owner. */
async function benInTheMiddle(database: (typeof DATABASES)[number]) {
  const api = await testApp({ database });
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  const ben = await buildPerson(api, 'ben');
  const membership = await buildMembership(api, maple, ben);
  const carl = await buildNeighbor(api, maple, 'carl');
  const loan = async (
    from: typeof ana,
    to: typeof ana,
    status: 'REQUESTED' | 'APPROVED' | 'RETURNED',
  ) => buildLoan(api, await buildItem(api, maple, from), to, { status });
  const loans = [
    await loan(carl, ben, 'REQUESTED'),
    await loan(carl, ben, 'APPROVED'),
    await loan(ben, carl, 'REQUESTED'),
    await loan(ben, carl, 'APPROVED'),
    await loan(ben, carl, 'RETURNED'),
    await loan(ana, carl, 'APPROVED'),
  ];
  const statuses = async () => {
    const rows = await api.services.orm.em
      .fork()
      .find(LoanEntity, { id: { $in: loans.map(({ id }) => id) } });
    return loans.map(({ id }) => rows.find((row) => row.id === id)?.status);
  };
  return { api, ana, maple, ben, carl, membership, loans, statuses };
}

const CALLED_OFF = [
  'CANCELLED',
  'CANCELLED',
  'DECLINED',
  'CANCELLED',
  'RETURNED',
  'APPROVED',
];

describe.each(DATABASES)('leaving a neighborhood (%s)', (database) => {
  it("leaveNeighborhood ends the member's pending loans, frees booked days, retires items and notifies other parties", async () => {
    const { api, maple, ben, carl, loans, statuses } =
      await benInTheMiddle(database);

    expect(await leave(api.as(ben), maple.id)).toEqual({
      membership: { status: 'ENDED' },
      errors: [],
    });

    expect(await statuses()).toEqual(CALLED_OFF);
    const booked = await api.services.orm.em.fork().find(BookedDayEntity, {});
    expect([...new Set(booked.map(({ loan }) => loan.id))]).toEqual([
      loans.at(-1)?.id,
    ]);
    expect(await notificationKinds(api.as(carl))).toEqual([
      'LOAN_CANCELLED',
      'LOAN_CANCELLED',
      'LOAN_CANCELLED',
      'LOAN_DECLINED',
    ]);
    const items = await api.services.reads.all<{
      status: string;
      owner_id: string;
    }>(sql`select status, owner_id from items`);
    for (const { status, owner_id } of items)
      expect(status).toBe(owner_id === ben.user.id ? 'RETIRED' : 'ACTIVE');
  });

  it.each(HELD_LOAN_STATUSES)(
    'leaveNeighborhood is refused and changes nothing while a loan of the member is %s',
    async (status) => {
      for (const lends of [true, false]) {
        const { api, ana, maple, ben, statuses } =
          await benInTheMiddle(database);
        const [owner, borrower] = lends ? [ben, ana] : [ana, ben];
        await buildLoan(api, await buildItem(api, maple, owner), borrower, {
          status,
        });
        const before = await statuses();

        expect(await leave(api.as(ben), maple.id)).toEqual({
          membership: null,
          errors: [{ code: 'NOT_ALLOWED' }],
        });

        expect(await statuses()).toEqual(before);
        const { data } = await api
          .as(ben)
          .run<
            { myMemberships: { status: string; viewerActions: string[] }[] },
            object
          >('{ myMemberships { status viewerActions } }');
        expect(data.myMemberships).toEqual([
          { status: 'ACTIVE', viewerActions: [] },
        ]);
        expect(
          await api.services.reads.all(
            sql`select id from items where status = 'RETIRED'`,
          ),
        ).toEqual([]);
      }
    },
  );

  it('leaveNeighborhood ignores loans in other neighborhoods', async () => {
    const { api, ana, maple, ben } = await benInTheMiddle(database);
    const oak = await buildNeighborhood(api, ana, { name: 'Oak Street' });
    await buildMembership(api, oak, ben);
    await buildLoan(api, await buildItem(api, oak, ana), ben, {
      status: 'ON_LOAN',
    });

    expect((await leave(api.as(ben), maple.id)).errors).toEqual([]);
    expect((await leave(api.as(ben), oak.id)).errors).toEqual([
      { code: 'NOT_ALLOWED' },
    ]);
  });

  it('a concurrent handover and leaveNeighborhood cannot both succeed', async () => {
    const { api, maple, ben, loans, statuses } = await benInTheMiddle(database);
    const promised = loans[3]?.id ?? '';

    const [left] = await Promise.all([
      leave(api.as(ben), maple.id),
      api
        .as(ben)
        .run(
          `mutation { handOverLoan(input: { loanId: "${promised}" }) { errors { code } } }`,
        ),
    ]);

    const status = (await statuses())[3];
    expect(status).toBe(left.membership ? 'CANCELLED' : 'ON_LOAN');
  });
});

describe.each(DATABASES)('suspending and banning members (%s)', (database) => {
  it.each(['suspendMember', 'banMember'] as const)(
    "%s ends the member's pending loans but not the current ones",
    async (mutation) => {
      const { api, ana, maple, ben, carl, membership, statuses } =
        await benInTheMiddle(database);
      const held = await buildLoan(
        api,
        await buildItem(api, maple, carl),
        ben,
        { status: 'ON_LOAN' },
      );

      const { errors } = await suspendOrBan(
        api.as(ana),
        mutation,
        membership.id,
      );

      expect(errors).toEqual([]);
      expect(await statuses()).toEqual(CALLED_OFF);
      expect(await notificationKinds(api.as(carl))).toHaveLength(4);
      expect(await notificationKinds(api.as(ben))).toEqual(
        mutation === 'banMember' ? [] : ['MEMBERSHIP_SUSPENDED'],
      );
      const { data } = await api
        .as(ben)
        .run<{ claimReturn: { errors: unknown[] } }, object>(
          `mutation { claimReturn(input: { loanId: "${held.id}" }) { errors { code } } }`,
        );
      expect(data.claimReturn.errors).toEqual([]);
    },
  );

  it('items of a suspended member are hidden until the membership is active again', async () => {
    const { api, ana, maple, ben, carl, membership } =
      await benInTheMiddle(database);
    const titles = async (caller: Caller) =>
      (
        await caller.run<
          { items: { edges: { node: { owner: { username: string } } }[] } },
          object
        >(
          `{ items(neighborhoodId: "${maple.id}") { edges { node { owner { username } } } } }`,
        )
      ).data.items.edges.filter(({ node }) => node.owner.username === 'ben');
    const before = await titles(api.as(carl));
    expect(before.length).toBeGreaterThan(0);

    await suspendOrBan(api.as(ana), 'suspendMember', membership.id);

    expect(await titles(api.as(carl))).toEqual([]);
    await api.services.orm.em
      .fork()
      .nativeUpdate(
        MembershipEntity,
        { user: ben.user.id },
        { status: 'ACTIVE' },
      );
    expect(await titles(api.as(carl))).toEqual(before);
  });
});
