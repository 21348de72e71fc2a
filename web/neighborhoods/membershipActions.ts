import type { TypedDocumentNode } from '@apollo/client';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { MembershipAction } from '../generated/types';
import { t } from '../languages/texts';

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
  label: () => string;
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
    label: () => t('neighborhoods.approve.label'),
    isHarmless: true,
    done: (name) => t('neighborhoods.approve.done', { name }),
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
    label: () => t('neighborhoods.decline.label'),
    question: (name) => ({
      title: t('neighborhoods.decline.title', { name }),
      text: t('neighborhoods.decline.text'),
    }),
    done: (name) => t('neighborhoods.decline.done', { name }),
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
    label: () => t('neighborhoods.makeSteward.label'),
    isHarmless: true,
    question: (name) => ({
      title: t('neighborhoods.makeSteward.title', { name }),
      text: t('neighborhoods.makeSteward.text'),
    }),
    done: (name) => t('neighborhoods.makeSteward.done', { name }),
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
    label: () => t('neighborhoods.handOver.label'),
    question: (name) => ({
      title: t('neighborhoods.handOver.title', { name }),
      text: t('neighborhoods.handOver.text'),
    }),
    done: (name) => t('neighborhoods.handOver.done', { name }),
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
    label: () => t('neighborhoods.reinstate.label'),
    isHarmless: true,
    question: (name) => ({
      title: t('neighborhoods.reinstate.title', { name }),
      text: t('neighborhoods.reinstate.text'),
    }),
    done: (name) => t('neighborhoods.reinstate.done', { name }),
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
    label: () => t('neighborhoods.suspend.label'),
    question: (name) => ({
      title: t('neighborhoods.suspend.title', { name }),
      text: t('neighborhoods.suspend.text'),
    }),
    done: (name) => t('neighborhoods.suspend.done', { name }),
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
    label: () => t('neighborhoods.ban.label'),
    question: (name) => ({
      title: t('neighborhoods.ban.title', { name }),
      text: t('neighborhoods.ban.text'),
    }),
    done: (name) => t('neighborhoods.ban.done', { name }),
  },
};
