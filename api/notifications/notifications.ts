import { v7 as uuidv7, validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { topicOf } from '../topics/topic';
import { foldInto, trimNotifications, withdrawUnread } from './folding.reads';
import {
  NotificationEntity,
  type NotificationKind,
} from './notification.entity';
import { writeDeliveries } from './outbox.reads';

/** An event and its recipient. */
export type NotificationInput = {
  kind: NotificationKind;
  recipientId: string;
  /** The user who caused it; null for the system. */
  actorId: string | null;
  loanId?: string;
  messageId?: string;
  reportId?: string;
  neighborhoodId: string;
  /** Whether the recipient gets it as a steward, who decides by topic how such work reaches them. */
  isStewardsWork?: boolean;
  /**
   * The kind of the event that this one takes back. Where the recipient has not read about that one,
   * both are as if they had not happened.
   */
  takesBack?: NotificationKind;
};

/** Maximum number of notifications in a response of `markNotificationsRead`. */
const MAX_RETURNED = 200;

/**
 * Stores notifications and their deliveries within the transaction of the event. Users are not notified of their own
 * actions. An unread notification about the same is replaced by one that counts both.
 */
export async function notify(
  em: EntityManager,
  ...news: NotificationInput[]
): Promise<void> {
  for (const { takesBack, ...event } of news) {
    if (event.recipientId === event.actorId) continue;
    const earlier = takesBack && { ...event, kind: takesBack };
    if (earlier && (await withdraw(em, earlier))) continue;
    const id = uuidv7();
    await foldInto(em, { id, topic: subjectOf(event), ...event });
    await writeDeliveries(em, {
      notificationId: id,
      recipientId: event.recipientId,
      topic: event.isStewardsWork ? 'STEWARDS_WORK' : topicOf(event.kind),
    });
    await trimNotifications(em, event.recipientId);
  }
}

/**
 * Takes an unread notification back, as its event was undone.
 * @returns whether there was one
 */
export async function withdraw(
  em: EntityManager,
  event: Omit<NotificationInput, 'takesBack'>,
): Promise<boolean> {
  const { recipientId } = event;
  return (await withdrawUnread(em, recipientId, subjectOf(event))) > 0;
}

/** Returns the key of what an event is about: unread notifications with the same key are one. */
function subjectOf({
  kind,
  actorId,
  loanId,
  reportId,
  neighborhoodId,
}: NotificationInput): string {
  if (loanId) return `${kind} ${loanId}`;
  if (reportId) return `${kind} ${reportId}`;
  return kind === 'MEMBERSHIP_REQUESTED'
    ? `${kind} ${neighborhoodId} ${actorId}`
    : `${kind} ${neighborhoodId}`;
}

/** Recipient of a notification that was read before it was taken back. */
type Told = { recipientId: string; loanId: string };

/**
 * Withdraws the unread notifications about a step of loans that was undone. Messages and reminders stay.
 * @param step the loans that it changed, and when it was taken
 * @returns who has read one already
 */
export async function takeBackNotifications(
  em: EntityManager,
  { loanIds, since }: { loanIds: readonly string[]; since: Date },
): Promise<Told[]> {
  const news = await em.find(NotificationEntity, {
    loanId: { $in: [...loanIds] },
    createdAt: { $gte: since },
    messageId: null,
    withdrawnAt: null,
    kind: { $nin: ['RETURN_REMINDER', 'STEP_UNDONE'] },
  });
  const unread = news.filter(({ readAt }) => readAt === null);
  await em.nativeUpdate(
    NotificationEntity,
    { id: { $in: unread.map(({ id }) => id) }, readAt: null },
    { withdrawnAt: new Date() },
  );
  return news.flatMap(({ recipient, loanId, readAt }) =>
    readAt && loanId ? { recipientId: recipient.id, loanId } : [],
  );
}

/**
 * Marks the recipient's notifications as read. Other ids are ignored.
 * @param ids which ones; null for all that there are
 * @returns the ids of those that were not read before, newest first; at most 200
 */
export async function markNotificationsRead(
  em: EntityManager,
  recipientId: string,
  ids: readonly string[] | null,
): Promise<string[]> {
  const unread = {
    recipient: recipientId,
    readAt: null,
    withdrawnAt: null,
    ...(ids && {
      id: {
        $in: ids.filter((id) => isUuid(id)).map((id) => id.toLowerCase()),
      },
    }),
  };
  return inTransaction(em, async (em) => {
    const rows = await em.find(NotificationEntity, unread, {
      fields: ['id'],
      orderBy: { id: 'desc' },
      limit: MAX_RETURNED,
    });
    const [newest] = rows;
    if (!newest) return [];
    // Notifications that arrive meanwhile were not seen by the recipient.
    await em.nativeUpdate(
      NotificationEntity,
      { $and: [unread, { id: { $lte: newest.id } }] },
      { readAt: new Date() },
    );
    return rows.map(({ id }) => id);
  });
}
