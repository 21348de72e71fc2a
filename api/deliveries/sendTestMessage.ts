import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { UserErrors } from '../errors';
import {
  directionOf,
  LANGUAGE_TAGS,
  type Language,
} from '../language/language';
import { text, translate, type Text } from '../language/text';
import { toMail } from '../mail/mailTemplate';
import type { MailDependencies } from '../mail/mailer';
import { PushDeviceEntity } from '../push/pushDevice.entity';
import { readPushTargets } from '../push/pushDevices.reads';
import type { PushPayload, PushSender } from '../push/pushSender';
import type { Channel } from '../topics/topic';
import { readRecipient } from './deliveries.reads';
import { testMail } from './testMail';

type TestTools = MailDependencies & {
  em: EntityManager;
  reads: Reads;
  push: PushSender;
};

/** Page to which a test message leads. */
const SETTINGS_PATH = '/account/reach';
/** How long push services keep a test message. */
const TTL_SECONDS = 60;

/**
 * Sends a test message to all browsers of a user, or to the mail address.
 * @returns how many were sent
 * @throws UserErrors NOT_ALLOWED where there is nothing to send it to
 */
export const sendTestMessage = (
  tools: TestTools,
  userId: string,
  channel: Channel,
): Promise<number> =>
  channel === 'PUSH' ? sendPush(tools, userId) : sendMail(tools, userId);

async function sendPush(
  { em, reads, push }: TestTools,
  userId: string,
): Promise<number> {
  const targets = await readPushTargets(reads, userId, null);
  if (targets.length === 0) throw nothingToSendTo(text('deliveries.noBrowser'));
  const outcomes = await Promise.all(
    targets.map((target) =>
      push.send(target, testPush(target.language), {
        ttlSeconds: TTL_SECONDS,
        isUrgent: true,
      }),
    ),
  );
  const gone = targets.filter((_, index) => outcomes[index] === 'gone');
  await em.nativeDelete(PushDeviceEntity, {
    id: { $in: gone.map(({ id }) => id) },
  });
  return outcomes.filter((outcome) => outcome === 'sent').length;
}

const testPush = (language: Language): PushPayload => ({
  title: translate(text('mails.testSubject'), language),
  body: translate(text('mails.testPush'), language),
  lang: LANGUAGE_TAGS[language],
  dir: directionOf(language),
  url: SETTINGS_PATH,
  tag: 'test',
});

async function sendMail(
  { reads, mailer, publicUrl }: TestTools,
  userId: string,
): Promise<number> {
  const recipient = await readRecipient(reads, userId, {
    channel: 'MAIL',
    topics: [],
  });
  if (!recipient?.email) throw nothingToSendTo(text('deliveries.noEmail'));
  const outcome = await mailer.sendOnce(
    'test',
    toMail(
      recipient.email,
      testMail(publicUrl + SETTINGS_PATH, recipient.name),
      recipient.language,
    ),
  );
  return outcome === 'sent' ? 1 : 0;
}

const nothingToSendTo = (message: Text) =>
  new UserErrors({ code: 'NOT_ALLOWED', message, field: ['channel'] });
