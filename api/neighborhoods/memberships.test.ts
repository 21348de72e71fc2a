import { buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { DATABASES } from '../testing/databases';
import {
  testApp,
  type Caller,
  type TestApi,
  type TestAppOptions,
} from '../testing/testApp';
import {
  MembershipEntity,
  type MembershipRole,
  type MembershipStatus,
  type MembershipAction,
} from './membership.entity';

import type { Neighborhood } from './neighborhood.entity';

type Answered = {
  membership: {
    id: string;
    role: MembershipRole;
    status: MembershipStatus;
    viewerActions: MembershipAction[];
  } | null;
  errors: { code: string; field: string[] | null }[];
};

/** The mutation of each action. */
const MUTATIONS: Record<MembershipAction, string> = {
  APPROVE: 'approveMember',
  DECLINE: 'declineMember',
  SUSPEND: 'suspendMember',
  BAN: 'banMember',
  REINSTATE: 'reinstateMember',
  MAKE_STEWARD: 'makeSteward',
  HAND_OVER_STEWARDSHIP: 'handOverStewardship',
  STEP_DOWN: 'stepDown',
  LEAVE: 'leaveNeighborhood',
};
const ACTIONS = Object.keys(MUTATIONS) as MembershipAction[];

async function mutate(
  caller: Caller,
  mutation: string,
  input: Record<string, string>,
): Promise<Answered> {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const answer = await caller.run<Record<string, Answered>, object>(
    `mutation ($input: ${type}Input!) { answer: ${mutation}(input: $input) {
      membership { id role status viewerActions } errors { code field } } }`,
    { input },
  );
  const { answer: payload } = answer.data;
  if (!payload) throw new Error(answer.body);
  return payload;
}

const join = (caller: Caller, { id }: Neighborhood) =>
  mutate(caller, 'joinNeighborhood', { neighborhoodId: id });

/** Calls `createNeighborhood`. */
const start = async (caller: Caller) =>
  (
    await caller.run<
      { createNeighborhood: Pick<Answered, 'errors'> },
      object
    >(`mutation { createNeighborhood(input: { name: "Elm Street", timeZone: "UTC", joinPolicy: OPEN }) {
      errors { code field } } }`)
  ).data.createNeighborhood;

const act = (
  caller: Caller,
  action: MembershipAction,
  membershipId: string,
  neighborhoodId: string,
) =>
  mutate(
    caller,
    MUTATIONS[action],
    ['STEP_DOWN', 'LEAVE'].includes(action)
      ? { neighborhoodId }
      : { membershipId },
  );

/** Starts a server with a neighborhood whose steward is Ana. */
async function mapleStreet(
  options: TestAppOptions,
  overrides: Partial<Neighborhood> = {},
) {
  const api = await testApp(options);
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana, overrides);
  return { api, ana, maple };
}

/** Reads all memberships from the database, oldest first. */
const memberships = (api: TestApi) =>
  api.services.orm.em
    .fork()
    .find(MembershipEntity, {}, { populate: ['user'], orderBy: { id: 'asc' } });

async function membershipOf(api: TestApi, { user }: Person) {
  const rows = await memberships(api);
  return rows.find((row) => row.user.id === user.id);
}

async function idOf(api: TestApi, person: Person) {
  return (await membershipOf(api, person))?.id ?? '';
}

const kinds = async (caller: Caller) =>
  (
    await caller.run<
      {
        myNotifications: {
          edges: {
            node: { kind: string; actor: { username: string } | null };
          }[];
        };
      },
      object
    >('{ myNotifications { edges { node { kind actor { username } } } } }')
  ).data.myNotifications.edges.map(({ node }) => [
    node.kind,
    node.actor?.username,
  ]);

describe.each(DATABASES)('joining a neighborhood (%s)', (database) => {
  it('joining an open neighborhood makes the user an active member at once', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const ben = await buildPerson(api, 'ben');

    const joined = await join(api.as(ben), maple);

    expect(joined.errors).toEqual([]);
    expect(joined.membership).toMatchObject({
      role: 'MEMBER',
      status: 'ACTIVE',
      viewerActions: ['LEAVE'],
    });
    expect(await kinds(api.as(ana))).toEqual([]);
  });

  it('joining a neighborhood that approves its members notifies the stewards, who decide', async () => {
    const { api, ana, maple } = await mapleStreet(
      { database },
      { joinPolicy: 'APPROVAL' },
    );
    const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
    const tom = await buildNeighbor(api, maple, 'tom');
    const ben = await buildPerson(api, 'ben');

    const asked = await join(api.as(ben), maple);

    expect(asked.membership).toMatchObject({
      status: 'PENDING',
      viewerActions: ['LEAVE'],
    });
    for (const steward of [ana, sue])
      expect(await kinds(api.as(steward))).toEqual([
        ['MEMBERSHIP_REQUESTED', 'ben'],
      ]);
    expect(await kinds(api.as(tom))).toEqual([]);
    const approved = await act(
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
    expect(await kinds(api.as(ben))).toEqual([['MEMBERSHIP_APPROVED', 'sue']]);
    const late = await act(
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
    const { api, ana, maple } = await mapleStreet(
      { database },
      { joinPolicy: 'APPROVAL' },
    );
    const ben = await buildPerson(api, 'ben');
    const asked = await join(api.as(ben), maple);
    const id = asked.membership?.id ?? '';

    const declined = await act(api.as(ana), 'DECLINE', id, maple.id);

    expect(declined.membership?.status).toBe('ENDED');
    // Without the steward: non-members cannot see the members.
    expect(await kinds(api.as(ben))).toEqual([
      ['MEMBERSHIP_DECLINED', undefined],
    ]);
    const again = await join(api.as(ben), maple);
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
      const { api, maple } = await mapleStreet({ database });
      const ben = await buildNeighbor(api, maple, 'ben', { status });

      const joined = await join(api.as(ben), maple);

      expect(joined.membership?.status).toBe(after);
      expect(await memberships(api)).toHaveLength(2);
    },
  );

  it.each<[string, Partial<Neighborhood>, MembershipStatus | null]>([
    ['an invite-only neighborhood', { joinPolicy: 'INVITE_ONLY' }, null],
    ['an invite-only neighborhood that the user left', { joinPolicy: 'INVITE_ONLY' }, 'ENDED'],
    ['a neighborhood that banned the user', {}, 'BANNED'],
    [
      'a neighborhood that approves its members and banned the user',
      { joinPolicy: 'APPROVAL' },
      'BANNED',
    ],
  ])('joinNeighborhood answers NOT_FOUND for %s', async (_, overrides, status) => {
    const { api, maple } = await mapleStreet({ database }, overrides);
    const ben = status
      ? await buildNeighbor(api, maple, 'ben', { status })
      : await buildPerson(api, 'ben');

    expect(await join(api.as(ben), maple)).toEqual({
      membership: null,
      errors: [{ code: 'NOT_FOUND', field: ['neighborhoodId'] }],
    });
    expect((await membershipOf(api, ben))?.status ?? null).toBe(status);
  });

  it.each(['', 'x', '00000000-0000-0000-0000-000000000000', 'a\0b'])(
    'mutations of memberships answer NOT_FOUND for the id %j',
    async (neighborhoodId) => {
      const { api, ana } = await mapleStreet({ database });
      const notFound = [{ code: 'NOT_FOUND', field: ['neighborhoodId'] }];

      for (const mutation of [
        'joinNeighborhood',
        'leaveNeighborhood',
        'stepDown',
      ])
        expect(
          (await mutate(api.as(ana), mutation, { neighborhoodId })).errors,
        ).toEqual(notFound);
      const approved = await mutate(api.as(ana), 'approveMember', {
        membershipId: neighborhoodId,
      });
      expect(approved.errors).toEqual([
        { code: 'NOT_FOUND', field: ['membershipId'] },
      ]);
    },
  );

  it('concurrent requests to join create one membership', async () => {
    const { api, maple } = await mapleStreet({ database });
    const ben = await buildPerson(api, 'ben');

    const joined = await Promise.all(
      [1, 2, 3, 4].map(() => join(api.as(ben), maple)),
    );

    expect(new Set(joined.map(({ membership }) => membership?.id)).size).toBe(
      1,
    );
    expect(joined.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await memberships(api)).toHaveLength(2);
  });

  it('a user can belong to twenty neighborhoods at most', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const ben = await buildPerson(api, 'ben');
    for (let i = 0; i < 20; i++) await buildNeighborhood(api, ben);

    expect((await join(api.as(ben), maple)).errors).toEqual([
      { code: 'LIMIT', field: null },
    ]);
    expect((await join(api.as(ana), maple)).errors).toEqual([]);
  });

  it('a user who concurrently joins and creates neighborhoods belongs to twenty at most', async () => {
    const { api, ana } = await mapleStreet({ database });
    const { dataDir, databaseUrl } = api.config;
    const servers = [api, await testApp({ dataDir, databaseUrl })];
    const ben = await buildPerson(api, 'ben');
    for (let i = 0; i < 18; i++) await buildNeighborhood(api, ben);
    const open: Neighborhood[] = [];
    for (let i = 0; i < 4; i++) open.push(await buildNeighborhood(api, ana));

    const answers = await Promise.all(
      open.flatMap((street, i) => {
        const caller = (servers[i % 2] ?? api).as(ben);
        return [join(caller, street), start(caller)];
      }),
    );

    const codes = answers.map(({ errors: [error] }) => error?.code ?? 'IN');
    expect(codes.sort()).toEqual([
      ...['IN', 'IN'],
      ...Array.from({ length: 6 }, () => 'LIMIT'),
    ]);
    const his = (await memberships(api)).filter(
      ({ user }) => user.id === ben.user.id,
    );
    expect(his).toHaveLength(20);
  });
});

/** Viewers and the owners of the membership. */
type Kind =
  | 'steward'
  | 'member'
  | 'pending'
  | 'suspended'
  | 'banned'
  | 'ended'
  | 'stranger';

const PLACES: Record<
  Exclude<Kind, 'stranger'>,
  { role: MembershipRole; status: MembershipStatus }
> = {
  steward: { role: 'STEWARD', status: 'ACTIVE' },
  member: { role: 'MEMBER', status: 'ACTIVE' },
  pending: { role: 'MEMBER', status: 'PENDING' },
  suspended: { role: 'MEMBER', status: 'SUSPENDED' },
  banned: { role: 'MEMBER', status: 'BANNED' },
  ended: { role: 'MEMBER', status: 'ENDED' },
};
const OTHERS = Object.keys(PLACES) as Exclude<Kind, 'stranger'>[];

/** Allowed actions on own and other memberships; every other action is refused. */
const ALLOWED: Record<
  Kind,
  Partial<Record<Kind | 'self', MembershipAction[]>>
> = {
  steward: {
    self: ['STEP_DOWN', 'LEAVE'],
    steward: ['SUSPEND', 'BAN'],
    member: ['SUSPEND', 'BAN', 'MAKE_STEWARD', 'HAND_OVER_STEWARDSHIP'],
    pending: ['APPROVE', 'DECLINE', 'BAN'],
    suspended: ['REINSTATE', 'BAN'],
    banned: ['REINSTATE'],
    ended: ['BAN'],
  },
  member: { self: ['LEAVE'] },
  pending: { self: ['LEAVE'] },
  suspended: {},
  banned: {},
  ended: {},
  stranger: {},
};

describe.each(DATABASES)('permissions over memberships (%s)', (database) => {
  it.each(Object.keys(ALLOWED) as Kind[])(
    'a user (%s) can take exactly the actions in the table',
    async (kind) => {
      const { api, maple } = await mapleStreet({ database });
      await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
      const viewer =
        kind === 'stranger'
          ? await buildPerson(api, 'viewer')
          : await buildNeighbor(api, maple, 'viewer', PLACES[kind]);
      const targets: [Kind | 'self', Person][] = [['self', viewer]];
      for (const place of OTHERS)
        targets.push([
          place,
          await buildNeighbor(api, maple, place, PLACES[place]),
        ]);
      const before = await memberships(api);
      // Requests run sequentially, each from the same initial state.
      const reset = async () => {
        for (const { id, role, status } of before)
          await api.services.orm.em
            .fork()
            .nativeUpdate(MembershipEntity, { id }, { role, status });
      };

      for (const [whose, person] of targets) {
        const allowed: MembershipAction[] = [];
        const membershipId = await idOf(api, person);
        for (const action of ACTIONS) {
          if (whose !== 'self' && ['STEP_DOWN', 'LEAVE'].includes(action))
            continue;
          const { errors, membership } = await act(
            api.as(viewer),
            action,
            membershipId,
            maple.id,
          );
          expect(membership?.id).toBe(
            errors.length === 0 ? membershipId : undefined,
          );
          if (errors.length === 0) {
            allowed.push(action);
            await reset();
          }
        }
        const now = await memberships(api);
        expect(now.map(({ role, status }) => [role, status])).toEqual(
          before.map(({ role, status }) => [role, status]),
        );
        expect({ [whose]: allowed.sort() }).toEqual({
          [whose]: [...(ALLOWED[kind][whose] ?? [])].sort(),
        });
      }
    },
  );

  it.each(['steward', 'member'] as const)(
    'viewerActions for a %s are exactly the actions in the table',
    async (kind) => {
      const { api, maple } = await mapleStreet({ database });
      const viewer = await buildNeighbor(api, maple, 'viewer', PLACES[kind]);
      for (const place of OTHERS)
        await buildNeighbor(api, maple, place, PLACES[place]);

      const shown: Record<string, MembershipAction[]> = {};
      for (const status of new Set(OTHERS.map((p) => PLACES[p].status))) {
        const { data } = await api.as(viewer).run<
          {
            neighborhood: {
              members: {
                edges: {
                  node: {
                    user: { username: string };
                    viewerActions: MembershipAction[];
                  };
                }[];
              };
            };
          },
          object
        >('query ($id: ID!, $status: MembershipStatus) { neighborhood(id: $id) { members(status: $status) { edges { node { user { username } viewerActions } } } } }', { id: maple.id, status });
        for (const { node } of data.neighborhood.members.edges)
          shown[node.user.username] = node.viewerActions;
      }

      const { self, ...others } = ALLOWED[kind];
      expect(shown).toEqual(
        kind === 'steward'
          ? { ...others, ana: ALLOWED.steward.steward, viewer: self }
          : { ana: [], steward: [], member: [], viewer: self },
      );
    },
  );

  it('an anonymous request cannot change a membership', async () => {
    const { api, ana } = await mapleStreet({ database });
    const id = await idOf(api, ana);

    const answer = await api.anonymous.run(
      `mutation { banMember(input: { membershipId: "${id}" }) { errors { code } } }`,
    );

    expect(answer.status).toBe(401);
    expect((await membershipOf(api, ana))?.status).toBe('ACTIVE');
  });

  it('a steward of another neighborhood cannot change a membership', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const eve = await buildPerson(api, 'eve');
    await buildNeighborhood(api, eve, { name: 'Oak Street' });
    const id = await idOf(api, ana);

    for (const action of ['SUSPEND', 'BAN', 'MAKE_STEWARD'] as const)
      expect((await act(api.as(eve), action, id, maple.id)).errors).toEqual([
        { code: 'NOT_FOUND', field: ['membershipId'] },
      ]);
  });
});

describe.each(DATABASES)('stewards (%s)', (database) => {
  const stewards = async (api: TestApi) =>
    (await memberships(api))
      .filter(({ role, status }) => role === 'STEWARD' && status === 'ACTIVE')
      .map(({ user }) => user.getEntity().username);

  it('the last steward can neither step down nor leave', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    await buildNeighbor(api, maple, 'ben');
    await buildNeighbor(api, maple, 'sue', {
      role: 'STEWARD',
      status: 'SUSPENDED',
    });
    const id = await idOf(api, ana);

    for (const action of ['STEP_DOWN', 'LEAVE'] as const)
      expect((await act(api.as(ana), action, id, maple.id)).errors).toEqual([
        { code: 'NOT_ALLOWED', field: ['neighborhoodId'] },
      ]);
    expect(await stewards(api)).toEqual(['ana']);
    const { data } = await api
      .as(ana)
      .run<{ myMemberships: { viewerActions: string[] }[] }, object>(
        '{ myMemberships { viewerActions } }',
      );
    expect(data.myMemberships).toEqual([{ viewerActions: [] }]);
  });

  it.each<[MembershipAction, MembershipAction]>([
    ['STEP_DOWN', 'STEP_DOWN'],
    ['LEAVE', 'LEAVE'],
    ['STEP_DOWN', 'LEAVE'],
  ])(
    'two concurrent requests of the last two stewards, %s and %s, leave one steward',
    async (one, other) => {
      const { api, ana, maple } = await mapleStreet({ database });
      const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });

      const answers = await Promise.all([
        act(api.as(ana), one, '', maple.id),
        act(api.as(sue), other, '', maple.id),
      ]);

      expect(answers.flatMap(({ errors }) => errors)).toEqual([
        { code: 'NOT_ALLOWED', field: ['neighborhoodId'] },
      ]);
      expect(await stewards(api)).toHaveLength(1);
    },
  );

  it('only one of two stewards who concurrently suspend each other succeeds', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
    const [anas, sues] = [await idOf(api, ana), await idOf(api, sue)];

    const answers = await Promise.all([
      act(api.as(ana), 'SUSPEND', sues, maple.id),
      act(api.as(sue), 'SUSPEND', anas, maple.id),
    ]);

    expect(answers.flatMap(({ errors }) => errors)).toEqual([
      { code: 'NOT_FOUND', field: ['membershipId'] },
    ]);
    expect(await stewards(api)).toHaveLength(1);
  });

  it('a steward can make a member a steward, who is notified', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const id = await idOf(api, ben);

    const made = await act(api.as(ana), 'MAKE_STEWARD', id, maple.id);

    expect(made.membership).toMatchObject({ role: 'STEWARD' });
    expect(await kinds(api.as(ben))).toEqual([['STEWARD_MADE', 'ana']]);
    expect(await stewards(api)).toEqual(['ana', 'ben']);
    expect(
      (await act(api.as(ana), 'STEP_DOWN', '', maple.id)).membership,
    ).toMatchObject({ role: 'MEMBER', status: 'ACTIVE' });
    expect(await stewards(api)).toEqual(['ben']);
  });

  it('handOverStewardship makes a member the steward and the viewer a member', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const membershipId = await idOf(api, ben);

    const { data } = await api.as(ana).run<
      {
        handOverStewardship: {
          membership: { role: string };
          viewerMembership: { role: string; viewerActions: string[] };
          errors: unknown[];
        };
      },
      object
    >('mutation ($input: HandOverStewardshipInput!) { handOverStewardship(input: $input) { membership { role } viewerMembership { role viewerActions } errors { code } } }', { input: { membershipId } });

    expect(data.handOverStewardship).toEqual({
      membership: { role: 'STEWARD' },
      viewerMembership: { role: 'MEMBER', viewerActions: ['LEAVE'] },
      errors: [],
    });
    expect(await stewards(api)).toEqual(['ben']);
  });

  it('a suspended or banned steward is a member after being reinstated', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
    const id = await idOf(api, sue);

    for (const action of ['SUSPEND', 'BAN'] as const) {
      await act(api.as(ana), action, id, maple.id);
      const { membership } = await act(api.as(ana), 'REINSTATE', id, maple.id);
      expect(membership).toMatchObject({ role: 'MEMBER', status: 'ACTIVE' });
    }
    // A ban sends no notification: the neighborhood no longer exists for the user.
    expect(await kinds(api.as(sue))).toEqual([
      ['MEMBERSHIP_APPROVED', 'ana'],
      ['MEMBERSHIP_APPROVED', 'ana'],
      ['MEMBERSHIP_SUSPENDED', 'ana'],
    ]);
  });
});
