import { dayText, text, type Text } from '../language/text';
import type { NotificationKind } from '../notifications/notification.entity';
import { personName } from '../users/personName';
import type { News } from './news';

type Names = {
  actor: string | Text;
  item: Text;
  neighborhood: string | Text;
  count: number;
  isOwner: boolean;
  /** Due date of the loan. */
  day: Text;
};

/** Sentence of each kind of notification. */
const SENTENCES: Record<NotificationKind, (names: Names) => Text> = {
  LOAN_REQUESTED: ({ actor, item }) =>
    text('news.loanRequested', { actor, item }),
  LOAN_APPROVED: ({ actor, item, isOwner }) =>
    isOwner
      ? text('news.loanApprovedByLink', { item })
      : text('news.loanApproved', { actor, item }),
  LOAN_DECLINED: ({ actor, item, isOwner }) =>
    isOwner
      ? text('news.loanDeclinedByLink', { item })
      : text('news.loanDeclined', { actor, item }),
  DAYS_TAKEN: ({ item }) => text('news.daysTaken', { item }),
  LOAN_CANCELLED: ({ actor, item }) =>
    text('news.loanCancelled', { actor, item }),
  LOAN_EXPIRED: ({ item }) => text('news.loanExpired', { item }),
  LOAN_HANDED_OVER: ({ actor, item }) =>
    text('news.loanHandedOver', { actor, item }),
  RETURN_CLAIMED: ({ actor, item }) =>
    text('news.returnClaimed', { actor, item }),
  LOAN_RETURNED: ({ actor, item }) =>
    text('news.loanReturned', { actor, item }),
  LOAN_DISPUTED: ({ actor, item }) =>
    text('news.loanDisputed', { actor, item }),
  LOAN_DAMAGED: ({ item }) => text('news.loanDamaged', { item }),
  LOAN_LOST: ({ item }) => text('news.loanLost', { item }),
  DUE_TOMORROW: ({ actor, item, isOwner }) =>
    isOwner
      ? text('news.dueTomorrowToOwner', { actor, item })
      : text('news.dueTomorrow', { item }),
  DUE_TODAY: ({ actor, item, isOwner }) =>
    isOwner
      ? text('news.dueTodayToOwner', { actor, item })
      : text('news.dueToday', { item }),
  LOAN_OVERDUE: ({ actor, item, isOwner, day }) =>
    isOwner
      ? text('news.overdueToOwner', { actor, item, day })
      : text('news.overdue', { item, day }),
  RETURN_REMINDER: ({ actor, item }) =>
    text('news.returnReminder', { actor, item }),
  ITEM_NOT_BACK: ({ item }) => text('news.itemNotBack', { item }),
  ITEM_BACK: ({ item }) => text('news.itemBack', { item }),
  STEP_UNDONE: ({ actor, item }) => text('news.stepUndone', { actor, item }),
  EXTENSION_REQUESTED: ({ actor, item }) =>
    text('news.extensionRequested', { actor, item }),
  EXTENSION_APPROVED: ({ actor, item, isOwner }) =>
    isOwner
      ? text('news.extensionApprovedByLink', { item })
      : text('news.extensionApproved', { actor, item }),
  EXTENSION_DECLINED: ({ actor, item, isOwner }) =>
    isOwner
      ? text('news.extensionDeclinedByLink', { item })
      : text('news.extensionDeclined', { actor, item }),
  EXTENSION_CANCELLED: ({ actor, item }) =>
    text('news.extensionCancelled', { actor, item }),
  MESSAGE_RECEIVED: ({ actor, item, count }) =>
    text('news.messages', { actor, item, count }),
  MEMBERSHIP_REQUESTED: ({ actor, neighborhood }) =>
    text('news.membershipRequested', { actor, neighborhood }),
  MEMBERSHIP_APPROVED: ({ neighborhood }) =>
    text('news.membershipApproved', { neighborhood }),
  MEMBERSHIP_DECLINED: ({ neighborhood }) =>
    text('news.membershipDeclined', { neighborhood }),
  MEMBERSHIP_SUSPENDED: ({ neighborhood }) =>
    text('news.membershipSuspended', { neighborhood }),
  STEWARD_MADE: ({ neighborhood }) =>
    text('news.stewardMade', { neighborhood }),
  REPORT_RECEIVED: ({ neighborhood }) =>
    text('news.reportReceived', { neighborhood }),
  REPORT_RESOLVED: ({ neighborhood }) =>
    text('news.reportResolved', { neighborhood }),
};

/** Sentence of a kind that a newer version of the server has written. */
const UNKNOWN_KIND = ({ neighborhood }: Names) =>
  text('news.unknown', { neighborhood });

/** Creates the sentence of a notification, without a period at its end. */
export const newsSentence = ({
  kind,
  count,
  actorName,
  isOwner,
  loan,
  neighborhood,
}: News): Text => {
  const sentences: Partial<Record<string, (names: Names) => Text>> = SENTENCES;
  return (sentences[kind] ?? UNKNOWN_KIND)({
    actor: actorName === null ? text('mail.someone') : personName(actorName),
    item: loan
      ? text('mail.quote', { text: loan.title })
      : text('mail.someItem'),
    neighborhood: neighborhood?.name ?? text('mail.someNeighborhood'),
    count,
    isOwner,
    day: loan ? dayText(loan.dueDate) : text('news.earlierDay'),
  });
};

/** Days for which a neighbor asks to have an item; null for other notifications. */
export function newsDays({ kind, loan }: News): Text | null {
  if (!loan) return null;
  if (kind === 'EXTENSION_REQUESTED')
    return loan.newDueDate === null
      ? null
      : text('news.until', { day: dayText(loan.newDueDate) });
  if (kind !== 'LOAN_REQUESTED') return null;
  const [first, last] = [loan.startDate, loan.dueDate];
  return first === last
    ? text('news.on', { day: dayText(first) })
    : text('news.fromTo', { first: dayText(first), last: dayText(last) });
}

/** Returns the path of the page of the web app that a notification leads to. */
export function newsPath({ loan, neighborhood }: News): string {
  if (loan) return `/loans/${loan.id}`;
  return neighborhood ? `/n/${neighborhood.id}` : '/notifications';
}
