import type { TypedDocumentNode } from '@apollo/client';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { MembershipAction } from '../generated/types';

/** Payload of all these mutations. */
type MembershipMutationData = {
  payload: {
    membership: object | null;
    errors: readonly { message: string }[];
  } | null;
};

type Variables = { membershipId: string };

/** Action of a steward on a membership: its mutation and its texts. */
export type MembershipActionSpec = {
  mutation: TypedDocumentNode<MembershipMutationData, Variables>;
  /** The button's label. */
  label: string;
  /** Confirmation; null where the action needs none. */
  question?: (name: string) => { title: string; text: string };
  isHarmless?: boolean;
  /** Toast after the action. */
  done: (name: string) => string;
};

/** Fields that change with a membership, for its viewers too. */
const CHANGED_MEMBERSHIP = graphql(`
  fragment ChangedMembership on Membership {
    id
    role
    status
    joinedAt
    requestedAt
    note
    viewerActions
    neighborhood {
      id
      memberCount
    }
  }
`);

/** All decisions of stewards about a membership, in the order of the menu. */
export const MEMBERSHIP_ACTIONS: Partial<
  Record<MembershipAction, MembershipActionSpec>
> = {
  APPROVE: {
    mutation: graphql(
      `
        mutation ApproveMember($membershipId: ID!) {
          payload: approveMember(input: { membershipId: $membershipId }) {
            membership {
              ...ChangedMembership
            }
            errors {
              ...UserErrorFields @unmask
            }
          }
        }
      `,
      [CHANGED_MEMBERSHIP, USER_ERROR_FIELDS],
    ),
    label: 'Let in',
    isHarmless: true,
    done: (name) => `${name} belongs to the neighborhood now.`,
  },
  DECLINE: {
    mutation: graphql(
      `
        mutation DeclineMember($membershipId: ID!) {
          payload: declineMember(input: { membershipId: $membershipId }) {
            membership {
              ...ChangedMembership
            }
            errors {
              ...UserErrorFields @unmask
            }
          }
        }
      `,
      [CHANGED_MEMBERSHIP, USER_ERROR_FIELDS],
    ),
    label: 'Turn down',
    question: (name) => ({
      title: `Turn ${name} down?`,
      text: 'They will be notified and may ask again.',
    }),
    done: (name) => `${name} was turned down.`,
  },
  MAKE_STEWARD: {
    mutation: graphql(
      `
        mutation MakeSteward($membershipId: ID!) {
          payload: makeSteward(input: { membershipId: $membershipId }) {
            membership {
              ...ChangedMembership
            }
            errors {
              ...UserErrorFields @unmask
            }
          }
        }
      `,
      [CHANGED_MEMBERSHIP, USER_ERROR_FIELDS],
    ),
    label: 'Make a steward',
    isHarmless: true,
    question: (name) => ({
      title: `Make ${name} a steward?`,
      text: 'They decide with you over who belongs here, and look after reports and disputes. They stay a steward until they step down.',
    }),
    done: (name) => `${name} is a steward now.`,
  },
  HAND_OVER_STEWARDSHIP: {
    mutation: graphql(
      `
        mutation HandOverStewardship($membershipId: ID!) {
          payload: handOverStewardship(input: { membershipId: $membershipId }) {
            membership {
              ...ChangedMembership
            }
            viewerMembership {
              ...ChangedMembership
            }
            errors {
              ...UserErrorFields @unmask
            }
          }
        }
      `,
      [CHANGED_MEMBERSHIP, USER_ERROR_FIELDS],
    ),
    label: 'Hand over to them',
    question: (name) => ({
      title: `Hand over to ${name}?`,
      text: 'They become a steward in your place, and you become a plain member in the same moment.',
    }),
    done: (name) => `${name} is a steward now, and you no longer are.`,
  },
  REINSTATE: {
    mutation: graphql(
      `
        mutation ReinstateMember($membershipId: ID!) {
          payload: reinstateMember(input: { membershipId: $membershipId }) {
            membership {
              ...ChangedMembership
            }
            errors {
              ...UserErrorFields @unmask
            }
          }
        }
      `,
      [CHANGED_MEMBERSHIP, USER_ERROR_FIELDS],
    ),
    label: 'Let back in',
    isHarmless: true,
    question: (name) => ({
      title: `Let ${name} back in?`,
      text: 'They can share, lend and borrow again.',
    }),
    done: (name) => `${name} is an active member again.`,
  },
  SUSPEND: {
    mutation: graphql(
      `
        mutation SuspendMember($membershipId: ID!) {
          payload: suspendMember(input: { membershipId: $membershipId }) {
            membership {
              ...ChangedMembership
            }
            errors {
              ...UserErrorFields @unmask
            }
          }
        }
      `,
      [CHANGED_MEMBERSHIP, USER_ERROR_FIELDS],
    ),
    label: 'Suspend',
    question: (name) => ({
      title: `Suspend ${name}?`,
      text: 'They can still return things and write about loans under way, but not start anything new. They will be notified. You can let them back in at any time.',
    }),
    done: (name) => `${name} is suspended.`,
  },
  BAN: {
    mutation: graphql(
      `
        mutation BanMember($membershipId: ID!) {
          payload: banMember(input: { membershipId: $membershipId }) {
            membership {
              ...ChangedMembership
            }
            errors {
              ...UserErrorFields @unmask
            }
          }
        }
      `,
      [CHANGED_MEMBERSHIP, USER_ERROR_FIELDS],
    ),
    label: 'Ban',
    question: (name) => ({
      title: `Ban ${name}?`,
      text: 'For them the neighborhood no longer exists, and they cannot come back unless you let them.',
    }),
    done: (name) => `${name} is banned.`,
  },
};
