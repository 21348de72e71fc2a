import { buildPerson, type Person } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
  buildMapleStreet,
} from '../testing/buildNeighborhoods';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import {
  MembershipEntity,
  type MembershipRole,
  type MembershipStatus,
  type MembershipAction,
} from './membership.entity';
import {
  MUTATIONS,
  changeMembership,
  readMemberships,
  readMembership,
  membershipIdOf,
} from '../testing/memberships';

const ACTIONS = Object.keys(MUTATIONS) as MembershipAction[];

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
      const { api, maple } = await buildMapleStreet({ database });
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
      const before = await readMemberships(api);
      // Requests run sequentially, each from the same initial state.
      const reset = async () => {
        for (const { id, role, status } of before)
          await api.services.orm.em
            .fork()
            .nativeUpdate(MembershipEntity, { id }, { role, status });
      };

      for (const [whose, person] of targets) {
        const allowed: MembershipAction[] = [];
        const membershipId = await membershipIdOf(api, person);
        for (const action of ACTIONS) {
          if (whose !== 'self' && ['STEP_DOWN', 'LEAVE'].includes(action))
            continue;
          const { errors, membership } = await changeMembership(
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
        const now = await readMemberships(api);
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
      const { api, maple } = await buildMapleStreet({ database });
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
    const { api, ana } = await buildMapleStreet({ database });
    const id = await membershipIdOf(api, ana);

    const answer = await api.anonymous.run(
      `mutation { banMember(input: { membershipId: "${id}" }) { errors { code } } }`,
    );

    expect(answer.status).toBe(401);
    expect((await readMembership(api, ana))?.status).toBe('ACTIVE');
  });

  it('a steward of another neighborhood cannot change a membership', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const eve = await buildPerson(api, 'eve');
    await buildNeighborhood(api, eve, { name: 'Oak Street' });
    const id = await membershipIdOf(api, ana);

    for (const action of ['SUSPEND', 'BAN', 'MAKE_STEWARD'] as const)
      expect(
        (await changeMembership(api.as(eve), action, id, maple.id)).errors,
      ).toEqual([{ code: 'NOT_FOUND', field: ['membershipId'] }]);
  });
});

describe.each(DATABASES)("the viewer's memberships (%s)", (database) => {
  it('myMemberships lists active, pending and suspended memberships, oldest first, with five SQL statements', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    for (const status of [
      'ACTIVE',
      'PENDING',
      'SUSPENDED',
      'BANNED',
      'ENDED',
    ] as const)
      await buildMembership(
        api,
        await buildNeighborhood(api, ben, { name: status }),
        ana,
        { status },
      );
    api.statements.length = 0;

    const { data } = await api.as(ana).run<
      {
        myMemberships: {
          status: string;
          viewerActions: string[];
          neighborhood: { name: string; memberCount: number };
        }[];
      },
      object
    >('{ myMemberships { status viewerActions neighborhood { name memberCount } } }');

    expect(data.myMemberships).toEqual([
      {
        status: 'ACTIVE',
        viewerActions: ['LEAVE'],
        neighborhood: { name: 'ACTIVE', memberCount: 2 },
      },
      {
        status: 'PENDING',
        viewerActions: ['LEAVE'],
        neighborhood: { name: 'PENDING', memberCount: 1 },
      },
      {
        status: 'SUSPENDED',
        viewerActions: [],
        neighborhood: { name: 'SUSPENDED', memberCount: 1 },
      },
    ]);
    expect(api.statements).toHaveLength(5);
  });

  it('myMemberships is empty for a new user', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');

    const { data } = await api.as(ana).run('{ myMemberships { id } }');

    expect(data).toEqual({ myMemberships: [] });
  });
});
