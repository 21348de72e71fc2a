import type { Caller } from './testApp';

type Errors = { errors: { code: string; field: string[] | null }[] };

/** Creates an invite link, by default for three people and a week. */
export async function createInvite(
  caller: Caller,
  neighborhoodId: string,
  input: { expiresInDays?: number; maxUses?: number } = {},
) {
  const { data } = await caller.run<
    {
      createInvite: {
        invite: { id: string; code: string; uses: number } | null;
      } & Errors;
    },
    object
  >(
    'mutation ($input: CreateInviteInput!) { createInvite(input: $input) { invite { id code uses } errors { code field } } }',
    { input: { neighborhoodId, expiresInDays: 7, maxUses: 3, ...input } },
  );
  return data.createInvite;
}

/** Uses an invite link. */
export const acceptInvite = async (caller: Caller, code: string) =>
  (
    await caller.run<
      { acceptInvite: { membership: { status: string } | null } & Errors },
      object
    >(
      'mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { membership { status } errors { code field } } }',
      { input: { code } },
    )
  ).data.acceptInvite;

/** Revokes an invite link. */
export const revokeInvite = async (caller: Caller, id: string) =>
  (
    await caller.run<{ revokeInvite: Errors }, object>(
      'mutation ($input: RevokeInviteInput!) { revokeInvite(input: $input) { errors { code field } } }',
      { input: { inviteId: id } },
    )
  ).data.revokeInvite;

/** Reads the preview of an invite link. */
export const previewInvite = async (caller: Caller, code: string) =>
  (
    await caller.run<
      {
        invite: {
          neighborhoodName: string;
          neighborhoodAbout: string;
          memberCount: number;
          invitedBy: string;
          needsApproval: boolean;
          viewerMembership: { status: string } | null;
        } | null;
      },
      object
    >(
      'query ($code: String!) { invite(code: $code) { neighborhoodName neighborhoodAbout memberCount invitedBy needsApproval viewerMembership { status } } }',
      { code },
    )
  ).data.invite;

/** Lists the invite links of a neighborhood; undefined where it is invisible. */
export const readInvites = async (caller: Caller, id: string) =>
  (
    await caller.run<
      {
        neighborhood: {
          invites: {
            uses: number;
            code: string;
            createdBy: { username: string };
          }[];
        } | null;
      },
      object
    >(
      'query ($id: ID!) { neighborhood(id: $id) { invites { uses code createdBy { username } } } }',
      { id },
    )
  ).data.neighborhood?.invites;

/** Sets whether members may invite. */
export const setMembersMayInvite = async (
  caller: Caller,
  neighborhoodId: string,
  membersMayInvite: boolean,
) =>
  (
    await caller.run<
      {
        updateNeighborhood: {
          neighborhood: { membersMayInvite: boolean } | null;
          errors: { code: string }[];
        };
      },
      object
    >(
      `mutation ($input: UpdateNeighborhoodInput!) {
        updateNeighborhood(input: $input) { neighborhood { membersMayInvite } errors { code } }
      }`,
      { input: { neighborhoodId, membersMayInvite } },
    )
  ).data.updateNeighborhood;

/** Reads what the caller may do with a neighborhood. */
export const neighborhoodActions = async (caller: Caller, id: string) =>
  (
    await caller.run<
      {
        neighborhood: {
          membersMayInvite: boolean;
          viewerActions: string[];
        } | null;
      },
      object
    >(
      'query ($id: ID!) { neighborhood(id: $id) { membersMayInvite viewerActions } }',
      { id },
    )
  ).data.neighborhood;

/** Lists the requests to join with their inviters. */
export const joinRequests = async (caller: Caller, id: string) =>
  (
    await caller.run<
      {
        neighborhood: {
          members: {
            edges: {
              node: { id: string; invitedBy: { name: string } | null };
            }[];
          };
        };
      },
      object
    >(
      `query ($id: ID!) { neighborhood(id: $id) {
        members(status: PENDING) { edges { node { id invitedBy { name } } } } } }`,
      { id },
    )
  ).data.neighborhood.members.edges.map(({ node }) => node);
