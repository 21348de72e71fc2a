import type { FastifyInstance } from 'fastify';
import { openBlocklist } from './sessions/blocklist';
import { createSessionActivity } from './sessions/sessionActivity';
import { createPasswords } from './passwords/passwords';
import { signingSecret } from './auth/signingSecret';
import { createTokens } from './auth/tokens';
import type { Config } from './config';
import type { Services } from './context';
import { openDatabase } from './database/database';
import { openHints } from './database/hints';
import { createSessionCookie } from './sessions/sessionCookie';
import { createSearchQueue } from './limits/searches';
import { createThrottle } from './limits/throttle';
import { throttledErrorLog } from './log';
import { createDeliveryTally } from './deliveries/deliveryTally';
import { createMailer } from './mail/mailer';
import { openTransport } from './mail/transport';
import { createFeed } from './notifications/feed';
import { entities } from './entities';
import { createPictureConverter } from './photos/pictureConverter';
import { createPushSender, type PushSender } from './push/pushSender';
import { vapidKeys } from './push/vapidKeys';
import { createSignatures } from './signatures';

/** Opens the services in order; closing the server closes them in reverse. */
export async function openServices(
  config: Config,
  http: FastifyInstance,
  onStatement?: (sql: string) => void,
): Promise<Services> {
  const database = await openDatabase(config, entities, onStatement);
  const { orm, reads, systemReads } = database;
  http.addHook('onClose', () => database.close());

  const [signing = await signingSecret(config.dataDir), ...older] =
    config.jwtSecrets;
  const tokens = createTokens([signing, ...older], config.accessTokenSeconds);
  const signatures = createSignatures([signing, ...older]);

  const passwords = createPasswords(config.bcryptCost, config.passwordWorkers);
  http.addHook('onClose', () => {
    passwords.close();
  });

  const pictures = createPictureConverter();
  http.addHook('onClose', () => {
    pictures.close();
  });

  const hints = openHints(config, http.log);
  http.addHook('onClose', () => hints.close());

  const blocklist = await openBlocklist(
    systemReads,
    hints,
    config.accessTokenSeconds,
    throttledErrorLog(http.log, 'the table of sessions cannot be read'),
  );
  http.addHook('onClose', () => blocklist.close());

  const sessionActivity = createSessionActivity(
    orm,
    throttledErrorLog(http.log, 'the table of sessions cannot be written'),
  );
  http.addHook('onClose', () => sessionActivity.close());

  const throttle = createThrottle(
    {
      orm,
      onError: throttledErrorLog(http.log, 'attempts cannot be counted'),
    },
    config,
  );

  const cookie = createSessionCookie(config);
  const feed = createFeed(
    systemReads,
    hints,
    throttledErrorLog(http.log, 'the table of notifications cannot be read'),
  );
  http.addHook('onClose', () => feed.close());

  const searches = createSearchQueue();
  http.addHook('onClose', () => {
    searches.close();
  });

  const mailer = createMailer(openTransport(config), http.log);
  http.addHook('onClose', () => mailer.close());

  const push = openPushSender(config, signing, http);

  const { sessionDays, publicUrl, operationSeconds } = config;
  return {
    orm,
    reads,
    systemReads,
    tokens,
    passwords,
    pictures,
    hints,
    blocklist,
    sessionActivity,
    cookie,
    signatures,
    throttle,
    feed,
    searches,
    mailer,
    push,
    deliveryTally: createDeliveryTally(),
    publicUrl,
    sessionDays,
    operationSeconds,
  };
}

/** Opens the sender of pushes. Push services ask for a contact: the public address, or the sender of mails. */
function openPushSender(
  config: Config,
  signingSecret: string,
  http: FastifyInstance,
): PushSender {
  const { publicUrl, mailFrom, pushHosts, vapidPrivateKey } = config;
  const push = createPushSender({
    keys: vapidKeys(vapidPrivateKey, signingSecret),
    contact: publicUrl.startsWith('https:')
      ? publicUrl
      : `mailto:${mailFrom.address}`,
    hosts: pushHosts,
    onError: throttledErrorLog(http.log, 'a push could not be sent'),
  });
  http.addHook('onClose', () => {
    push.close();
  });
  return push;
}
