import type { LoanRole, NotificationKind } from '../generated/types';
import { paths } from '../paths';
import { isolate } from '../ui/isolate';

/** Subject of a notification. Parts that the user cannot see any more are null. */
export type NotificationFacts = {
  kind: NotificationKind;
  /** Number of events that it stands for; one if omitted. */
  count?: number;
  actor: { name: string } | null;
  loan: {
    id: string;
    item: { title: string };
    borrower: { name: string };
    viewerRole: LoanRole;
  } | null;
  neighborhood: { id: string; name: string } | null;
};

type MessageOf = (facts: {
  actor: string;
  item: string;
  neighborhood: string;
  count: number;
  borrower: string;
  isOwner: boolean;
}) => string;

/** Message of each kind of notification. */
const MESSAGES: Record<NotificationKind, MessageOf> = {
  LOAN_REQUESTED: ({ actor, item }) => `${actor} would like to borrow ${item}.`,
  LOAN_APPROVED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The request for ${item} was approved by your link.`
      : `${actor} lends you ${item}.`,
  LOAN_DECLINED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The request for ${item} was declined by your link.`
      : `${actor} cannot lend you ${item} this time.`,
  DAYS_TAKEN: ({ item }) =>
    `The days for which you asked to have ${item} went to another neighbor.`,
  LOAN_CANCELLED: ({ actor, item }) =>
    `${actor} called off the loan of ${item}.`,
  LOAN_EXPIRED: ({ item }) => `The loan of ${item} has expired.`,
  LOAN_HANDED_OVER: ({ actor, item }) => `${actor} handed ${item} over to you.`,
  RETURN_CLAIMED: ({ actor, item }) => `${actor} says that ${item} is back.`,
  LOAN_RETURNED: ({ item }) => `${item} is back. Thank you!`,
  LOAN_DISPUTED: ({ actor, item }) =>
    `${actor} says that something went wrong with ${item}.`,
  LOAN_DAMAGED: ({ item }) => `${item} came back damaged, and that is settled.`,
  DUE_TOMORROW: ({ borrower, item, isOwner }) =>
    isOwner
      ? `${item} comes back tomorrow from ${borrower}.`
      : `Please bring back ${item}: it is due tomorrow.`,
  DUE_TODAY: ({ borrower, item, isOwner }) =>
    isOwner
      ? `${item} comes back today from ${borrower}.`
      : `Please bring back ${item}: it is due today.`,
  LOAN_OVERDUE: ({ borrower, item, isOwner }) =>
    isOwner
      ? `${item} is overdue: ${borrower} has not brought it back.`
      : `Please bring back ${item}: it is overdue.`,
  RETURN_REMINDER: ({ actor, item }) =>
    `${actor} would like to have ${item} back: it is overdue.`,
  ITEM_NOT_BACK: ({ item }) =>
    `${item} is not back yet, although it is promised from now on.`,
  ITEM_BACK: ({ item }) => `${item} is back: you can pick it up.`,
  STEP_UNDONE: ({ actor, item }) =>
    `${actor} took back the last step of the loan of ${item}.`,
  LOAN_LOST: ({ item }) => `${item} is lost, and the loan has ended.`,
  EXTENSION_REQUESTED: ({ actor, item }) =>
    `${actor} would like to keep ${item} longer.`,
  EXTENSION_APPROVED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The wish to keep ${item} longer was approved by your link.`
      : `${actor} lets you keep ${item} longer.`,
  EXTENSION_DECLINED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The wish to keep ${item} longer was declined by your link.`
      : `${actor} cannot let you keep ${item} longer.`,
  EXTENSION_CANCELLED: ({ actor, item }) =>
    `${actor} no longer asks to keep ${item} longer.`,
  MESSAGE_RECEIVED: ({ actor, item, count }) =>
    count > 1
      ? `${actor} wrote you ${count} messages about ${item}.`
      : `${actor} wrote to you about ${item}.`,
  MEMBERSHIP_REQUESTED: ({ actor, neighborhood }) =>
    `${actor} would like to join ${neighborhood}.`,
  MEMBERSHIP_APPROVED: ({ neighborhood }) =>
    `You are a member of ${neighborhood} now.`,
  MEMBERSHIP_DECLINED: ({ neighborhood }) =>
    `Your request to join ${neighborhood} was declined.`,
  MEMBERSHIP_SUSPENDED: ({ neighborhood }) =>
    `You cannot start anything new in ${neighborhood} for now.`,
  STEWARD_MADE: ({ neighborhood }) =>
    `You are a steward of ${neighborhood} now.`,
  REPORT_RECEIVED: ({ neighborhood }) =>
    `Something was reported in ${neighborhood}.`,
  REPORT_RESOLVED: ({ neighborhood }) =>
    `The stewards of ${neighborhood} have looked at what you reported.`,
};

/** Message of a kind that is newer than this page. */
const UNKNOWN_KIND: MessageOf = ({ neighborhood }) =>
  `There is news in ${neighborhood}.`;

/** Formats a notification as a sentence. */
export function notificationMessage({
  kind,
  count = 1,
  actor,
  loan,
  neighborhood,
}: NotificationFacts): string {
  // A page that is open during an update may get kinds that it does not know.
  const messages: Partial<Record<string, MessageOf>> = MESSAGES;
  const messageOf = messages[kind] ?? UNKNOWN_KIND;
  const sentence = messageOf({
    actor: isolate(actor?.name ?? 'A neighbor'),
    item: loan ? `“${isolate(loan.item.title)}”` : 'a thing',
    neighborhood: isolate(neighborhood?.name ?? 'a neighborhood'),
    count,
    borrower: isolate(loan?.borrower.name ?? 'a neighbor'),
    isOwner: loan?.viewerRole === 'OWNER',
  });
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Kinds about the due date of a loan. Only the newest of a loan is true. */
const DUE_KINDS: readonly NotificationKind[] = [
  'DUE_TOMORROW',
  'DUE_TODAY',
  'LOAN_OVERDUE',
];

/** Tells whether a notification replaces unread ones of other kinds about its loan. */
export const isAboutDueDate = (kind: NotificationKind): boolean =>
  DUE_KINDS.includes(kind);

/** Returns the page of a notification's subject; null if there is none. */
export function notificationPath({
  loan,
  neighborhood,
}: Pick<NotificationFacts, 'loan' | 'neighborhood'>): string | null {
  if (loan) return paths.loan(loan.id);
  return neighborhood && paths.neighborhood(neighborhood.id);
}
