import type {
  JoinPolicy,
  MembershipRole,
  MembershipStatus,
} from '../generated/types';

/** Badge of each membership status. */
export const STATUS_LABELS: Record<MembershipStatus, string> = {
  PENDING: 'Waiting',
  ACTIVE: 'Member',
  SUSPENDED: 'Suspended',
  BANNED: 'Banned',
  ENDED: 'Left',
};

/** Label of each role. */
export const ROLE_LABELS: Record<MembershipRole, string> = {
  MEMBER: 'Member',
  STEWARD: 'Steward',
};

/** Notice for visitors and inactive members, by status; null where there is none. */
export const STATUS_HINTS: Record<MembershipStatus, string | null> = {
  PENDING: 'You asked to join. We will tell you when a steward lets you in.',
  ACTIVE: null,
  SUSPENDED:
    'The stewards have suspended you. You can return things and write about loans under way, but not start anything new.',
  BANNED: null,
  ENDED: null,
};

/** Description of each join policy. */
export const JOIN_POLICY_LABELS: Record<
  JoinPolicy,
  { title: string; text: string }
> = {
  OPEN: {
    title: 'Open to everyone',
    text: 'Anyone who finds it can join at once.',
  },
  APPROVAL: {
    title: 'Stewards let people in',
    text: 'Everyone can find it and ask to join. You say yes or no.',
  },
  INVITE_ONLY: {
    title: 'By invite only',
    text: 'Nobody can find it. People join with a link that you give them.',
  },
};

/** Formats a number of members: "1 member", "12 members". */
export function countMembers(count: number): string {
  return `${count} ${count === 1 ? 'member' : 'members'}`;
}
