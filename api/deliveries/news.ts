import { addDays, dayIn, endOfDay, type Day } from '../calendar';
import type { Reads } from '../database/reads';
import { createLoaders, type Loaders } from '../loaders';
import type { Loan, LoanStatus } from '../loans/loan.entity';
import type {
  Notification,
  NotificationKind,
} from '../notifications/notification.entity';
import { isDueKind, type DueKind } from '../notifications/dueNotices';
import { readNotificationsByIds } from '../notifications/notifications.reads';
import { isMembershipPending } from './deliveries.reads';

/** A notification with what a push or a mail says of it. Parts that the recipient cannot see are null. */
export type News = {
  id: string;
  kind: NotificationKind;
  /** How many events it stands for. */
  count: number;
  /** Name of the user who caused it; of the borrower, where it is about a due date. */
  actorName: string | null;
  /** Whether the recipient is the owner of the loan. */
  isOwner: boolean;
  loan: {
    id: string;
    title: string;
    startDate: string;
    dueDate: string;
    /** Last day that the borrower asks for; null without an open extension. */
    newDueDate: string | null;
    status: LoanStatus;
    /** Number of the loan's state, for which answer links hold. */
    version: number;
  } | null;
  neighborhood: { id: string; name: string } | null;
  /** Text of the message; null for other kinds. */
  message: string | null;
  /** Time zone by which its nights are. */
  timeZone: string;
  /** Whether it concerns a loan that begins today or earlier, so that it does not wait for the morning. */
  isForToday: boolean;
  /** End of the day on which it is true; null where it does not depend on the day. */
  validUntil: Date | null;
};

/** Statuses of the loan outside which a notification is void: what it asks for or says no longer holds. */
const VALID_IN: Partial<Record<NotificationKind, readonly LoanStatus[]>> = {
  LOAN_REQUESTED: ['REQUESTED'],
  LOAN_APPROVED: ['APPROVED'],
  LOAN_HANDED_OVER: ['ON_LOAN'],
  RETURN_CLAIMED: ['RETURN_CLAIMED'],
  DUE_TOMORROW: ['ON_LOAN'],
  DUE_TODAY: ['ON_LOAN'],
  LOAN_OVERDUE: ['ON_LOAN'],
  RETURN_REMINDER: ['ON_LOAN'],
  ITEM_NOT_BACK: ['APPROVED'],
  ITEM_BACK: ['APPROVED'],
  LOAN_DISPUTED: ['DISPUTED'],
  EXTENSION_REQUESTED: ['ON_LOAN'],
  EXTENSION_APPROVED: ['ON_LOAN'],
  EXTENSION_DECLINED: ['ON_LOAN'],
};

/**
 * Reads what is still to be said of notifications: those that the recipient has neither read nor may no longer
 * see, that were not withdrawn, whose request was not answered meanwhile, and whose due date is still right.
 */
export async function readNews(
  reads: Reads,
  recipientId: string,
  notificationIds: readonly string[],
  now: Date,
): Promise<News[]> {
  const notifications = await readNotificationsByIds(
    reads,
    recipientId,
    notificationIds,
  );
  const loaders = createLoaders(reads, recipientId);
  const news = await Promise.all(
    notifications
      .filter(({ readAt }) => readAt === null)
      .map((notification) => toNews(reads, loaders, notification, now)),
  );
  return news.flatMap((each) => each ?? []);
}

async function toNews(
  reads: Reads,
  loaders: Loaders,
  notification: Notification,
  now: Date,
): Promise<News | null> {
  const { id, kind, count, actorId, loanId, messageId, recipientId } =
    notification;
  const { neighborhoodId } = notification;
  const [loan, message, neighborhood, timeZone] = await Promise.all([
    loanId ? loaders.loans.load(loanId) : null,
    messageId ? loaders.messages.load(messageId) : null,
    neighborhoodId ? loaders.neighborhoods.load(neighborhoodId) : null,
    neighborhoodId ? loaders.timeZones.load(neighborhoodId) : 'UTC',
  ]);
  const today = dayIn(timeZone, now);
  if (await isVoid(reads, loaders, notification, loan, today)) return null;
  const [extension, item, actor] = await Promise.all([
    loan && kind === 'EXTENSION_REQUESTED'
      ? loaders.extensions.load(loan.id)
      : null,
    loan && loaders.items.load(loan.itemId),
    loan && isDueKind(kind)
      ? loaders.namedPeople.load(loan.borrowerId)
      : actorId
        ? loaders.people.load(actorId)
        : null,
  ]);
  return {
    id,
    kind,
    count,
    actorName: actor?.name ?? null,
    isOwner: loan?.ownerId === recipientId,
    loan:
      loan && item
        ? {
            id: loan.id,
            title: item.title,
            startDate: loan.startDate,
            dueDate: loan.dueDate,
            newDueDate: extension?.newDueDate ?? null,
            status: loan.status,
            version: loan.version,
          }
        : null,
    neighborhood: neighborhood && {
      id: neighborhood.id,
      name: neighborhood.name,
    },
    message: message?.body ?? null,
    timeZone,
    isForToday: loan !== null && loan.startDate <= today,
    validUntil:
      kind === 'DUE_TOMORROW' || kind === 'DUE_TODAY'
        ? endOfDay(timeZone, now)
        : null,
  };
}

/** Tells whether a notification is no longer true, or about something that the recipient cannot see. */
async function isVoid(
  reads: Reads,
  loaders: Loaders,
  { kind, loanId, actorId, neighborhoodId }: Notification,
  loan: Loan | null,
  today: Day,
): Promise<boolean> {
  if (loanId && !loan) return true;
  if (loan && VALID_IN[kind]?.includes(loan.status) === false) return true;
  if (loan && isDueKind(kind)) return !isDue(kind, loan.dueDate, today);
  if (loan && kind === 'EXTENSION_REQUESTED') {
    const extension = await loaders.extensions.load(loan.id);
    return extension?.status !== 'REQUESTED';
  }
  if (kind === 'MEMBERSHIP_REQUESTED' && actorId && neighborhoodId)
    return !(await isMembershipPending(reads, actorId, neighborhoodId));
  return false;
}

/** Tells whether a kind fits a due date: a loan may have been extended, or the day may be over. */
function isDue(kind: DueKind, dueDate: Day, today: Day): boolean {
  if (kind === 'LOAN_OVERDUE') return dueDate < today;
  return dueDate === (kind === 'DUE_TODAY' ? today : addDays(today, 1));
}
