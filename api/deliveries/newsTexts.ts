import { formatDay } from '../calendar';
import { isolate } from '../mail/mailTemplate';
import type { NotificationKind } from '../notifications/notification.entity';
import type { News } from './news';

type Names = {
  actor: string;
  item: string;
  neighborhood: string;
  count: number;
  isOwner: boolean;
  /** Due date of the loan, as `Thursday, November 26`. */
  dueDay: string;
};

/** Sentence of each kind of notification. */
const SENTENCES: Record<NotificationKind, (names: Names) => string> = {
  LOAN_REQUESTED: ({ actor, item }) => `${actor} would like to borrow ${item}`,
  LOAN_APPROVED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The request for ${item} was approved by your link`
      : `${actor} lends you ${item}`,
  LOAN_DECLINED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The request for ${item} was declined by your link`
      : `${actor} cannot lend you ${item} this time`,
  DAYS_TAKEN: ({ item }) =>
    `The days for which you asked to have ${item} went to another neighbor`,
  LOAN_CANCELLED: ({ actor, item }) =>
    `${actor} called off the loan of ${item}`,
  LOAN_EXPIRED: ({ item }) => `The loan of ${item} has expired`,
  LOAN_HANDED_OVER: ({ actor, item }) => `${actor} handed ${item} over to you`,
  RETURN_CLAIMED: ({ actor, item }) => `${actor} says that ${item} is back`,
  LOAN_RETURNED: ({ actor, item }) =>
    `${actor} has confirmed that ${item} is back`,
  LOAN_DISPUTED: ({ actor, item }) =>
    `${actor} says that something went wrong with ${item}`,
  LOAN_DAMAGED: ({ item }) => `It is settled that ${item} came back damaged`,
  LOAN_LOST: ({ item }) => `The loan of ${item} has ended because it is lost`,
  DUE_TOMORROW: ({ actor, item, isOwner }) =>
    isOwner
      ? `${item} comes back tomorrow from ${actor}`
      : `Please bring back ${item}: it is due tomorrow`,
  DUE_TODAY: ({ actor, item, isOwner }) =>
    isOwner
      ? `${item} comes back today from ${actor}`
      : `Please bring back ${item}: it is due today`,
  LOAN_OVERDUE: ({ actor, item, isOwner, dueDay }) =>
    isOwner
      ? `${item} is not back from ${actor}: it was due on ${dueDay}`
      : `Please bring back ${item}: it was due on ${dueDay}`,
  RETURN_REMINDER: ({ actor, item }) =>
    `${actor} would like to have ${item} back: it is overdue`,
  ITEM_NOT_BACK: ({ item }) =>
    `The next borrower waits for ${item}, which is not back yet`,
  ITEM_BACK: ({ item }) => `You can pick up ${item}: it is back`,
  STEP_UNDONE: ({ actor, item }) =>
    `${actor} took back the last step of the loan of ${item}`,
  EXTENSION_REQUESTED: ({ actor, item }) =>
    `${actor} would like to keep ${item} longer`,
  EXTENSION_APPROVED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The wish to keep ${item} longer was approved by your link`
      : `${actor} lets you keep ${item} longer`,
  EXTENSION_DECLINED: ({ actor, item, isOwner }) =>
    isOwner
      ? `The wish to keep ${item} longer was declined by your link`
      : `${actor} cannot let you keep ${item} longer`,
  EXTENSION_CANCELLED: ({ actor, item }) =>
    `${actor} no longer asks to keep ${item} longer`,
  MESSAGE_RECEIVED: ({ actor, item, count }) =>
    count > 1
      ? `${actor} wrote ${count} messages about ${item}`
      : `${actor} wrote to you about ${item}`,
  MEMBERSHIP_REQUESTED: ({ actor, neighborhood }) =>
    `${actor} would like to join ${neighborhood}`,
  MEMBERSHIP_APPROVED: ({ neighborhood }) =>
    `You are a member of ${neighborhood} now`,
  MEMBERSHIP_DECLINED: ({ neighborhood }) =>
    `Your request to join ${neighborhood} was declined`,
  MEMBERSHIP_SUSPENDED: ({ neighborhood }) =>
    `You cannot start anything new in ${neighborhood} for now`,
  STEWARD_MADE: ({ neighborhood }) =>
    `You are a steward of ${neighborhood} now`,
  REPORT_RECEIVED: ({ neighborhood }) =>
    `Something was reported in ${neighborhood}`,
  REPORT_RESOLVED: ({ neighborhood }) =>
    `The stewards of ${neighborhood} have looked at what you reported`,
};

/** Sentence of a kind that a newer version of the server has written. */
const UNKNOWN_KIND = ({ neighborhood }: Names) =>
  `There is news in ${neighborhood}`;

/** Formats a notification as a sentence, without a period at its end. Names are isolated. */
export const newsSentence = ({
  kind,
  count,
  actorName,
  isOwner,
  loan,
  neighborhood,
}: News): string => {
  const sentences: Partial<Record<string, (names: Names) => string>> =
    SENTENCES;
  return (sentences[kind] ?? UNKNOWN_KIND)({
    actor: isolate(actorName ?? 'A neighbor'),
    item: loan ? `“${isolate(loan.title)}”` : 'an item',
    neighborhood: isolate(neighborhood?.name ?? 'a neighborhood'),
    count,
    isOwner,
    dueDay: loan ? formatDay(loan.dueDate) : 'an earlier day',
  });
};

/** Days for which a neighbor asks to have an item; null for other notifications. */
export function newsDays({ kind, loan }: News): string | null {
  if (!loan) return null;
  if (kind === 'EXTENSION_REQUESTED')
    return loan.newDueDate && `Until ${formatDay(loan.newDueDate)}`;
  if (kind !== 'LOAN_REQUESTED') return null;
  const { startDate, dueDate } = loan;
  return startDate === dueDate
    ? `On ${formatDay(startDate)}`
    : `From ${formatDay(startDate)} to ${formatDay(dueDate)}`;
}

/** Returns the path of the page of the web app that a notification leads to. */
export function newsPath({ loan, neighborhood }: News): string {
  if (loan) return `/loans/${loan.id}`;
  return neighborhood ? `/n/${neighborhood.id}` : '/notifications';
}
