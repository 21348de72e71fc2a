import type { LoanRole, NotificationKind } from '../generated/types';
import type { MessageId } from '../languages/texts';
import { t } from '../languages/texts';
import { paths } from '../paths';

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

/** Message of each kind of notification. */
const MESSAGES = {
  LOAN_REQUESTED: 'notifications.loanRequested',
  LOAN_APPROVED: 'notifications.loanApproved',
  LOAN_DECLINED: 'notifications.loanDeclined',
  DAYS_TAKEN: 'notifications.daysTaken',
  LOAN_CANCELLED: 'notifications.loanCancelled',
  LOAN_EXPIRED: 'notifications.loanExpired',
  LOAN_HANDED_OVER: 'notifications.loanHandedOver',
  RETURN_CLAIMED: 'notifications.returnClaimed',
  LOAN_RETURNED: 'notifications.loanReturned',
  LOAN_DISPUTED: 'notifications.loanDisputed',
  LOAN_DAMAGED: 'notifications.loanDamaged',
  DUE_TOMORROW: 'notifications.dueTomorrow',
  DUE_TODAY: 'notifications.dueToday',
  LOAN_OVERDUE: 'notifications.loanOverdue',
  RETURN_REMINDER: 'notifications.returnReminder',
  ITEM_NOT_BACK: 'notifications.itemNotBack',
  ITEM_BACK: 'notifications.itemBack',
  STEP_UNDONE: 'notifications.stepUndone',
  LOAN_LOST: 'notifications.loanLost',
  EXTENSION_REQUESTED: 'notifications.extensionRequested',
  EXTENSION_APPROVED: 'notifications.extensionApproved',
  EXTENSION_DECLINED: 'notifications.extensionDeclined',
  EXTENSION_CANCELLED: 'notifications.extensionCancelled',
  MESSAGE_RECEIVED: 'notifications.messageReceived',
  MEMBERSHIP_REQUESTED: 'notifications.membershipRequested',
  MEMBERSHIP_APPROVED: 'notifications.membershipApproved',
  MEMBERSHIP_DECLINED: 'notifications.membershipDeclined',
  MEMBERSHIP_SUSPENDED: 'notifications.membershipSuspended',
  STEWARD_MADE: 'notifications.stewardMade',
  REPORT_RECEIVED: 'notifications.reportReceived',
  REPORT_RESOLVED: 'notifications.reportResolved',
} as const satisfies Record<NotificationKind, MessageId>;

/** Tells a message whether a part is visible, so that it can name it in general otherwise. */
const visibility = (part: object | null) => (part ? 'visible' : 'hidden');

/** Formats a notification as a sentence. */
export function notificationMessage({
  kind,
  count = 1,
  actor,
  loan,
  neighborhood,
}: NotificationFacts): string {
  // A page that is open during an update may get kinds that it does not know.
  const messages: Partial<Record<string, (typeof MESSAGES)[NotificationKind]>> =
    MESSAGES;
  return t(messages[kind] ?? 'notifications.otherNews', {
    who: visibility(actor),
    actor: actor?.name ?? '',
    what: visibility(loan),
    item: loan?.item.title ?? '',
    borrower: loan?.borrower.name ?? '',
    role: loan?.viewerRole ?? 'BORROWER',
    where: visibility(neighborhood),
    neighborhood: neighborhood?.name ?? '',
    count,
  });
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
