import type { EntityManager } from '../database/orm';
import { isolate } from '../language/isolate';
import {
  directionOf,
  LANGUAGE_TAGS,
  type Language,
} from '../language/language';
import { text, translate } from '../language/text';
import { DeliveryEntity } from '../notifications/delivery.entity';
import { replacedAs } from '../notifications/dueNotices';
import { PushDeviceEntity } from '../push/pushDevice.entity';
import { readPushTargets } from '../push/pushDevices.reads';
import type { PushPayload, PushUrgency } from '../push/pushSender';
import type { Signatures } from '../signatures';
import type { Topic } from '../topics/topic';
import type { DeliveryTools } from './deliver';
import {
  isPushDue,
  readRecipient,
  takePushes,
  type Recipient,
  type TakenPush,
} from './deliveries.reads';
import { readNews, type News } from './news';
import { newsButtons } from './newsButtons';
import { newsDays, newsPath, newsSentence } from './newsTexts';
import { endOfNight } from './quietNights';

/** Number of pushes taken at once. */
const BATCH_SIZE = 50;
/** How long a batch belongs to the process that took it: longer than sending it takes. */
const LEASE_MS = 2 * 60_000;
/** Delays before the second and further attempts. */
const RETRY_DELAYS_MS = [
  30_000,
  2 * 60_000,
  10 * 60_000,
  60 * 60_000,
  4 * 60 * 60_000,
];
/** A row that is taken more often made its process fail each time. */
const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1;
/** How long push services keep a push for a browser that is not reachable. */
const TTL_SECONDS = 24 * 60 * 60;
/** Topics on which somebody waits for an answer. */
const URGENT_TOPICS: readonly Topic[] = [
  'MY_LOANS',
  'MESSAGES',
  'STEWARDS_WORK',
];
/** Longest text of a message in a push, in characters: push services take 4 kB. */
const MAX_PREVIEW_LENGTH = 300;

/** Sends all pushes that are due. @param stopping ends it after the batch under way */
export async function deliverPushes(
  tools: DeliveryTools,
  now: Date,
  stopping: AbortSignal,
): Promise<void> {
  const { em, reads } = tools;
  // Polling only reads, so that it never waits for a writer.
  if (!(await isPushDue(reads, now))) return;
  let taken: TakenPush[];
  do {
    if (stopping.aborted) return;
    taken = await takePushes(em, reads.dialect, {
      now,
      leaseEnd: new Date(now.getTime() + LEASE_MS),
      most: BATCH_SIZE,
    });
    await Promise.all(taken.map((push) => deliverPush(tools, push, now)));
  } while (taken.length === BATCH_SIZE);
}

async function deliverPush(
  { em: shared, reads, push: sender, signatures, tally }: DeliveryTools,
  taken: TakenPush,
  now: Date,
): Promise<void> {
  const em = shared.fork();
  const { notificationId, deviceId, recipientId, topic } = taken;
  if (taken.attempts > MAX_ATTEMPTS) {
    tally.PUSH.failed++;
    return forget(em, taken);
  }
  const [[target], [news], recipient] = await Promise.all([
    readPushTargets(reads, recipientId, [deviceId]),
    readNews(reads, recipientId, [notificationId], now),
    readRecipient(reads, recipientId, { channel: 'PUSH', topics: [topic] }),
  ]);
  if (!target || !news || !recipient?.topics.includes(topic)) {
    tally.PUSH.void++;
    return forget(em, taken);
  }
  const morning = waitsUntil(recipient, news, now);
  if (morning) return postpone(em, taken, morning, taken.attempts - 1);
  const outcome = await sender.send(
    target,
    payloadOf(signatures, news, recipient),
    urgencyOf(topic, news, now),
  );
  if (outcome === 'sent') {
    tally.PUSH.sent++;
    await forget(em, taken);
    await em.nativeUpdate(
      PushDeviceEntity,
      { id: deviceId },
      { lastSentAt: now },
    );
  } else if (outcome === 'gone') {
    tally.PUSH.failed++;
    await em.nativeDelete(PushDeviceEntity, { id: deviceId });
    await em.nativeDelete(DeliveryEntity, { targetId: deviceId });
  } else await retryLater(em, taken, now, tally);
}

/** Returns the end of the night for which a notification waits; null where it is sent at once. */
export const waitsUntil = (
  { quietNights }: Pick<Recipient, 'quietNights'>,
  { timeZone, isForToday }: Pick<News, 'timeZone' | 'isForToday'>,
  now: Date,
): Date | null =>
  quietNights && !isForToday ? endOfNight(timeZone, now) : null;

const keyOf = ({ notificationId, deviceId }: TakenPush) => ({
  notificationId,
  targetId: deviceId,
});

const forget = async (em: EntityManager, taken: TakenPush) => {
  await em.nativeDelete(DeliveryEntity, keyOf(taken));
};

const postpone = async (
  em: EntityManager,
  taken: TakenPush,
  dueAt: Date,
  attempts: number,
) => {
  await em.nativeUpdate(DeliveryEntity, keyOf(taken), { dueAt, attempts });
};

async function retryLater(
  em: EntityManager,
  taken: TakenPush,
  now: Date,
  tally: DeliveryTools['tally'],
): Promise<void> {
  const delay = RETRY_DELAYS_MS[taken.attempts - 1];
  if (delay === undefined) {
    tally.PUSH.failed++;
    return forget(em, taken);
  }
  return postpone(em, taken, new Date(now.getTime() + delay), taken.attempts);
}

function payloadOf(
  signatures: Signatures,
  news: News,
  { messagePreviews, language }: Recipient,
): PushPayload {
  const url = newsPath(news);
  return {
    title: translate(newsSentence(news), language),
    body: messagePreviews
      ? previewOf(news.message ?? '', language)
      : detailsOf(news, language),
    lang: LANGUAGE_TAGS[language],
    dir: directionOf(language),
    url,
    // A later notification about the same replaces this one.
    tag: `${replacedAs(news.kind)} ${url}`,
    actions: newsButtons(signatures, news).map(({ action, label, path }) => ({
      action,
      title: translate(label, language),
      url: path,
    })),
  };
}

/** Shortens a message. Each of its lines may have another direction than the language of the notification. */
const previewOf = (message: string, language: Language): string =>
  message
    .slice(0, MAX_PREVIEW_LENGTH)
    .split('\n')
    .map((line) => isolate(line, language))
    .join('\n');

/** Names the days that a notification asks for, and the neighborhood, as far as it has them. */
function detailsOf(news: News, language: Language): string {
  const days = newsDays(news);
  const neighborhood = news.neighborhood?.name ?? '';
  if (!days) return isolate(neighborhood, language);
  return translate(
    neighborhood ? text('news.daysIn', { days, neighborhood }) : days,
    language,
  );
}

const urgencyOf = (
  topic: Topic,
  { validUntil }: News,
  now: Date,
): PushUrgency => ({
  // A browser that was not reachable does not show what is no longer true.
  ttlSeconds: validUntil
    ? Math.min(
        TTL_SECONDS,
        Math.floor((validUntil.getTime() - now.getTime()) / 1000),
      )
    : TTL_SECONDS,
  isUrgent: URGENT_TOPICS.includes(topic),
});
