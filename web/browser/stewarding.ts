import type { RunningApp } from './app';
import { signUp } from './neighbor';

/** Ids and codes of the neighborhood's content. */
export type BusyNeighborhood = {
  /** Last part of the invite link. */
  inviteCode: string;
  /** Id of an active member. */
  memberId: string;
};

/**
 * Creates an invite, a pending member, a suspended member and a report in an open neighborhood, without
 * a browser.
 * @param name name of all these people
 * @param text text that they write
 */
export async function keepBusy(
  app: RunningApp,
  steward: { accessToken: string },
  neighborhoodId: string,
  name: string,
  text: string,
): Promise<BusyNeighborhood> {
  const join = async (username: string) => {
    const { accessToken } = await signUp(app, username, name, text);
    const { joined } = (await app.query(
      `mutation Join($id: ID!) {
        joined: joinNeighborhood(input: { neighborhoodId: $id }) {
          membership { id user { id } }
        }
      }`,
      { id: neighborhoodId },
      accessToken,
    )) as { joined: { membership: { id: string; user: { id: string } } } };
    return { accessToken, ...joined.membership };
  };
  const member = await join('member');
  const suspended = await join('suspended');
  const { invited } = (await app.query(
    `mutation Look($id: ID!, $suspended: ID!, $text: String!) {
      suspendMember(input: { membershipId: $suspended }) { errors { message } }
      updateNeighborhood(input: { neighborhoodId: $id, about: $text, joinPolicy: APPROVAL }) {
        errors { message }
      }
      invited: createInvite(
        input: { neighborhoodId: $id, expiresInDays: 7, maxUses: 10 }
      ) {
        invite { code }
      }
    }`,
    { id: neighborhoodId, suspended: suspended.id, text },
    steward.accessToken,
  )) as { invited: { invite: { code: string } } };
  await app.query(
    `mutation Tell($id: ID!, $person: ID!, $text: String!) {
      reportUser(
        input: { neighborhoodId: $id, userId: $person, reason: $text }
      ) {
        report { id }
      }
    }`,
    { id: neighborhoodId, person: suspended.user.id, text },
    member.accessToken,
  );
  await join('asking');
  return { inviteCode: invited.invite.code, memberId: member.user.id };
}
