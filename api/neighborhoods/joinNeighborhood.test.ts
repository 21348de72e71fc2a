import { buildPerson } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
  buildMapleStreet,
} from '../testing/buildNeighborhoods';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';
import type { MembershipStatus } from './membership.entity';
import type { Neighborhood } from './neighborhood.entity';
import {
  type MembershipAnswer,
  mutateMembership,
  joinNeighborhood,
  changeMembership,
  readMemberships,
  readMembership,
  readNotifications,
} from '../testing/memberships';

/** Calls `createNeighborhood`. */
const start = async (caller: Caller) =>
  (
    await caller.run<
      { createNeighborhood: Pick<MembershipAnswer, 'errors'> },
      object
    >(`mutation { createNeighborhood(input: { name: "Elm Street", timeZone: "UTC", joinPolicy: OPEN }) {
      errors { code field } } }`)
  ).data.createNeighborhood;

describe.each(DATABASES)('joining a neighborhood (%s)', (database) => {
  it('joining an open neighborhood makes the user an active member at once', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildPerson(api, 'ben');

    const joined = await joinNeighborhood(api.as(ben), maple);

    expect(joined.errors).toEqual([]);
    expect(joined.membership).toMatchObject({
      role: 'MEMBER',
      status: 'ACTIVE',
      viewerActions: ['LEAVE'],
    });
    expect(await readNotifications(api.as(ana))).toEqual([]);
  });

  it('joining a neighborhood that approves its members notifies the stewards, who decide', async () => {
    const { api, ana, maple } = await buildMapleStreet(
      { database },
      { joinPolicy: 'APPROVAL' },
    );
    const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
    const tom = await buildNeighbor(api, maple, 'tom');
    const ben = await buildPerson(api, 'ben');

    const asked = await joinNeighborhood(api.as(ben), maple);

    expect(asked.membership).toMatchObject({
      status: 'PENDING',
      viewerActions: ['LEAVE'],
    });
    for (const steward of [ana, sue])
      expect(await readNotifications(api.as(steward))).toEqual([
        ['MEMBERSHIP_REQUESTED', 'ben'],
      ]);
    expect(await readNotifications(api.as(tom))).toEqual([]);
    const approved = await changeMembership(
      api.as(sue),
      'APPROVE',
      asked.membership?.id ?? '',
      maple.id,
    );
    expect(approved.membership).toMatchObject({
      status: 'ACTIVE',
      viewerActions: [
        'SUSPEND',
        'BAN',
        'MAKE_STEWARD',
        'HAND_OVER_STEWARDSHIP',
      ],
    });
    expect(await readNotifications(api.as(ben))).toEqual([
      ['MEMBERSHIP_APPROVED', 'sue'],
    ]);
    const late = await changeMembership(
      api.as(ana),
      'DECLINE',
      asked.membership?.id ?? '',
      maple.id,
    );
    expect(late).toEqual({
      membership: null,
      errors: [{ code: 'NOT_ALLOWED', field: ['membershipId'] }],
    });
  });

  it('a declined user can ask again, with the same membership', async () => {
    const { api, ana, maple } = await buildMapleStreet(
      { database },
      { joinPolicy: 'APPROVAL' },
    );
    const ben = await buildPerson(api, 'ben');
    const asked = await joinNeighborhood(api.as(ben), maple);
    const id = asked.membership?.id ?? '';

    const declined = await changeMembership(
      api.as(ana),
      'DECLINE',
      id,
      maple.id,
    );

    expect(declined.membership?.status).toBe('ENDED');
    // Without the steward: non-members cannot see the members.
    expect(await readNotifications(api.as(ben))).toEqual([
      ['MEMBERSHIP_DECLINED', undefined],
    ]);
    const again = await joinNeighborhood(api.as(ben), maple);
    expect(again.membership).toMatchObject({ id, status: 'PENDING' });
  });

  it.each<[MembershipStatus, MembershipStatus]>([
    ['ACTIVE', 'ACTIVE'],
    ['SUSPENDED', 'SUSPENDED'],
    ['PENDING', 'ACTIVE'],
    ['ENDED', 'ACTIVE'],
  ])(
    'a membership that is %s is %s after joining the open neighborhood again',
    async (status, after) => {
      const { api, maple } = await buildMapleStreet({ database });
      const ben = await buildNeighbor(api, maple, 'ben', { status });

      const joined = await joinNeighborhood(api.as(ben), maple);

      expect(joined.membership?.status).toBe(after);
      expect(await readMemberships(api)).toHaveLength(2);
    },
  );

  it.each<[string, Partial<Neighborhood>, MembershipStatus | null]>([
    ['an invite-only neighborhood', { joinPolicy: 'INVITE_ONLY' }, null],
    [
      'an invite-only neighborhood that the user left',
      { joinPolicy: 'INVITE_ONLY' },
      'ENDED',
    ],
    ['a neighborhood that banned the user', {}, 'BANNED'],
    [
      'a neighborhood that approves its members and banned the user',
      { joinPolicy: 'APPROVAL' },
      'BANNED',
    ],
  ])(
    'joinNeighborhood answers NOT_FOUND for %s',
    async (_, overrides, status) => {
      const { api, maple } = await buildMapleStreet({ database }, overrides);
      const ben = status
        ? await buildNeighbor(api, maple, 'ben', { status })
        : await buildPerson(api, 'ben');

      expect(await joinNeighborhood(api.as(ben), maple)).toEqual({
        membership: null,
        errors: [{ code: 'NOT_FOUND', field: ['neighborhoodId'] }],
      });
      expect((await readMembership(api, ben))?.status ?? null).toBe(status);
    },
  );

  it.each(['', 'x', '00000000-0000-0000-0000-000000000000', 'a\0b'])(
    'mutations of memberships answer NOT_FOUND for the id %j',
    async (neighborhoodId) => {
      const { api, ana } = await buildMapleStreet({ database });
      const notFound = [{ code: 'NOT_FOUND', field: ['neighborhoodId'] }];

      for (const mutation of [
        'joinNeighborhood',
        'leaveNeighborhood',
        'stepDown',
      ])
        expect(
          (await mutateMembership(api.as(ana), mutation, { neighborhoodId }))
            .errors,
        ).toEqual(notFound);
      const approved = await mutateMembership(api.as(ana), 'approveMember', {
        membershipId: neighborhoodId,
      });
      expect(approved.errors).toEqual([
        { code: 'NOT_FOUND', field: ['membershipId'] },
      ]);
    },
  );

  it('concurrent requests to join create one membership', async () => {
    const { api, maple } = await buildMapleStreet({ database });
    const ben = await buildPerson(api, 'ben');

    const joined = await Promise.all(
      [1, 2, 3, 4].map(() => joinNeighborhood(api.as(ben), maple)),
    );

    expect(new Set(joined.map(({ membership }) => membership?.id)).size).toBe(
      1,
    );
    expect(joined.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await readMemberships(api)).toHaveLength(2);
  });

  it('a user can belong to twenty neighborhoods at most', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildPerson(api, 'ben');
    for (let i = 0; i < 20; i++) await buildNeighborhood(api, ben);

    expect((await joinNeighborhood(api.as(ben), maple)).errors).toEqual([
      { code: 'LIMIT', field: null },
    ]);
    expect((await joinNeighborhood(api.as(ana), maple)).errors).toEqual([]);
  });

  it('a user who concurrently joins and creates neighborhoods belongs to twenty at most', async () => {
    const { api, ana } = await buildMapleStreet({ database });
    const { dataDir, databaseUrl } = api.config;
    const servers = [api, await testApp({ dataDir, databaseUrl })];
    const ben = await buildPerson(api, 'ben');
    for (let i = 0; i < 18; i++) await buildNeighborhood(api, ben);
    const open: Neighborhood[] = [];
    for (let i = 0; i < 4; i++) open.push(await buildNeighborhood(api, ana));

    const answers = await Promise.all(
      open.flatMap((street, i) => {
        const caller = (servers[i % 2] ?? api).as(ben);
        return [joinNeighborhood(caller, street), start(caller)];
      }),
    );

    const codes = answers.map(({ errors: [error] }) => error?.code ?? 'IN');
    expect(codes.sort()).toEqual([
      ...['IN', 'IN'],
      ...Array.from({ length: 6 }, () => 'LIMIT'),
    ]);
    const his = (await readMemberships(api)).filter(
      ({ user }) => user.id === ben.user.id,
    );
    expect(his).toHaveLength(20);
  });
});
