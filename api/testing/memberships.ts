import type { Person } from './buildPeople';
import type { Caller, TestApi } from './testApp';
import {
  MembershipEntity,
  type MembershipRole,
  type MembershipStatus,
  type MembershipAction,
} from '../neighborhoods/membership.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';

/** Payload of the mutations of memberships. */
export type MembershipAnswer = {
  membership: {
    id: string;
    role: MembershipRole;
    status: MembershipStatus;
    viewerActions: MembershipAction[];
  } | null;
  errors: { code: string; field: string[] | null }[];
};

/** Maps each action to its mutation. */
export const MUTATIONS: Record<MembershipAction, string> = {
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

/** Calls a mutation of memberships by its name. */
export async function mutateMembership(
  caller: Caller,
  mutation: string,
  input: Record<string, string>,
): Promise<MembershipAnswer> {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const answer = await caller.run<Record<string, MembershipAnswer>, object>(
    `mutation ($input: ${type}Input!) { answer: ${mutation}(input: $input) {
      membership { id role status viewerActions } errors { code field } } }`,
    { input },
  );
  const { answer: payload } = answer.data;
  if (!payload) throw new Error(answer.body);
  return payload;
}

/** Calls `joinNeighborhood`. */
export const joinNeighborhood = (caller: Caller, { id }: Neighborhood) =>
  mutateMembership(caller, 'joinNeighborhood', { neighborhoodId: id });

/** Calls the mutation of an action. */
export const changeMembership = (
  caller: Caller,
  action: MembershipAction,
  membershipId: string,
  neighborhoodId: string,
) =>
  mutateMembership(
    caller,
    MUTATIONS[action],
    ['STEP_DOWN', 'LEAVE'].includes(action)
      ? { neighborhoodId }
      : { membershipId },
  );

/** Reads all memberships from the database, oldest first. */
export const readMemberships = (api: TestApi) =>
  api.services.orm.em
    .fork()
    .find(MembershipEntity, {}, { populate: ['user'], orderBy: { id: 'asc' } });

/** Reads the membership of a user from the database. */
export async function readMembership(api: TestApi, { user }: Person) {
  const rows = await readMemberships(api);
  return rows.find((row) => row.user.id === user.id);
}

/** Reads the id of a user's membership; an empty string without a membership. */
export async function membershipIdOf(api: TestApi, person: Person) {
  return (await readMembership(api, person))?.id ?? '';
}

/** Reads the notifications of a caller as pairs of kind and actor, newest first. */
export const readNotifications = async (caller: Caller) =>
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
