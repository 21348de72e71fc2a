import { v7 as uuidv7, validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { topicOf, type Topic } from '../topics/topic';
import { DUE_KINDS, replacedAs, type DueKind } from './dueNotices';
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
    await store(
      em,
      [event],
      event.isStewardsWork ? 'STEWARDS_WORK' : topicOf(event.kind),
    );
  }
}

/**
 * Stores notifications that due dates cause, and their deliveries, with as many statements for many as for one.
 * Each replaces the recipient's unread one about the due date of the same loan. Call it in the transaction of
 * whatever keeps it from being called again.
 * @param notices at most one for each loan and recipient
 */
export const notifyOfDueDates = (
  em: EntityManager,
  notices: readonly (NotificationInput & { kind: DueKind })[],
): Promise<void> => store(em, notices, 'DUE_DATES');

/** Takes the unread notifications about the due date of a loan back from both sides: it no longer holds. */
export async function withdrawDueNotices(
  em: EntityManager,
  {
    id,
    borrowerId,
    ownerId,
  }: { id: string; borrowerId: string; ownerId: string },
): Promise<void> {
  for (const recipientId of [borrowerId, ownerId])
    await withdrawUnread(em, recipientId, `${replacedAs('DUE_TODAY')} ${id}`);
}

async function store(
  em: EntityManager,
  events: readonly NotificationInput[],
  topic: Topic,
): Promise<void> {
  const news = events.map((event) => ({
    ...event,
    id: uuidv7(),
    topic: subjectOf(event),
  }));
  await foldInto(em, news);
  await writeDeliveries(em, {
    notificationIds: news.map(({ id }) => id),
    topic,
  });
  await trimNotifications(
    em,
    news.map(({ recipientId }) => recipientId),
  );
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
  if (loanId) return `${replacedAs(kind)} ${loanId}`;
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
    kind: { $nin: ['RETURN_REMINDER', 'STEP_UNDONE', ...DUE_KINDS] },
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
