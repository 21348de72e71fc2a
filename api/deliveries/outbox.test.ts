import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DeliveryEntity } from '../notifications/delivery.entity';
import { notify } from '../notifications/notifications';
import { UserEntity } from '../users/user.entity';
import { buildMapleStreet, buildNeighbor } from '../testing/buildNeighborhoods';
import {
  listening,
  spawnBuilt,
  type ServerProcess,
} from '../testing/builtServer';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { addPushDevice } from '../testing/deliveries';
import { startMailServer } from '../testing/mailServer';
import { startPushService, usePushService } from '../testing/pushService';
import { MailPauseEntity } from './mailPause.entity';

/** Users who get a push and a mail each. */
const RECIPIENTS = 30;
/** Servers that share the database; the first is killed. */
const SERVERS = ['first', 'second', 'third'];

const running: ServerProcess[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.kill('SIGKILL');
});

/** Starts a push service, a mail server and a street in which everybody has news. */
async function buildStreet(database: DatabaseName) {
  const pushService = await startPushService();
  const mailServer = await startMailServer();
  const { api, ana, maple } = await buildMapleStreet({
    database,
    pushHosts: [pushService.host],
  });
  usePushService(api, pushService);
  const em = api.services.orm.em.fork();
  for (let i = 0; i < RECIPIENTS; i++) {
    const name = `p${i}`;
    const person = await buildNeighbor(api, maple, name);
    const email = `${name}@example.org`;
    // The processes run by the real clock, also at night.
    await em.nativeUpdate(
      UserEntity,
      { id: person.user.id },
      { email, emailKey: email, quietNights: false },
    );
    await addPushDevice(api, person, pushService.subscribe(name));
    await em.transactional((em) =>
      notify(em, {
        kind: 'LOAN_LOST',
        recipientId: person.user.id,
        actorId: ana.user.id,
        neighborhoodId: maple.id,
      }),
    );
  }
  const caFile = path.join(api.config.dataDir, 'ca.pem');
  await writeFile(caFile, pushService.ca);

  const start = async (name: string): Promise<ServerProcess> => {
    const server = spawnBuilt('main.js', {
      PORT: '0',
      DATA_DIR: api.config.dataDir,
      DATABASE_URL: api.config.databaseUrl ?? '',
      JWT_SECRET: String(api.config.jwtSecrets[0]),
      SMTP_URL: `smtp://127.0.0.1:${mailServer.smtpServer.port}`,
      // Tells the mail server and the push service which server sends.
      MAIL_FROM: `${name}@example.org`,
      PUSH_HOSTS: pushService.host,
      NODE_EXTRA_CA_CERTS: caFile,
    });
    running.push(server);
    await listening(server);
    return server;
  };

  /** Makes everything due at once, as if leases and delays had passed. */
  const letTimePass = async () => {
    const past = new Date(Date.now() - 60_000);
    const em = api.services.orm.em.fork();
    await em.nativeUpdate(DeliveryEntity, {}, { dueAt: past });
    await em.nativeUpdate(MailPauseEntity, {}, { until: past });
  };
  const waiting = () => api.services.orm.em.fork().count(DeliveryEntity, {});
  return { pushService, mailServer, start, letTimePass, waiting };
}

const until = async (isDone: () => boolean | Promise<boolean>) => {
  while (!(await isDone())) await pause(50);
};

async function stop(server: ServerProcess, signal: NodeJS.Signals) {
  const exit = once(server, 'exit');
  server.kill(signal);
  await exit;
}

describe.each(DATABASES)('deliveries of three servers (%s)', (database) => {
  it('one that is killed while it sends loses nothing, and nothing is delivered twice', async () => {
    const { pushService, mailServer, start, letTimePass, waiting } =
      await buildStreet(database);
    const [first = '', ...others] = SERVERS;
    mailServer.holdSender(`${first}@example.org`);
    pushService.holdSender(`mailto:${first}@example.org`);
    const killed = await start(first);
    await letTimePass();
    await until(
      () => mailServer.held.length > 0 && pushService.held.length > 0,
    );
    const second = await Promise.all(others.map(start));
    await stop(killed, 'SIGKILL');
    // Those end what they have begun.
    await Promise.all(second.map((server) => stop(server, 'SIGTERM')));
    expect(await waiting()).toBeGreaterThan(0);
    await letTimePass();
    await Promise.all(others.map(start));
    await until(async () => (await waiting()) === 0);

    const names = Array.from({ length: RECIPIENTS }, (_, i) => `p${i}`).sort();
    expect(pushService.pushes.map(({ to }) => to).sort()).toEqual(names);
    expect(mailServer.mails.map(({ to }) => to).sort()).toEqual(
      names.map((name) => `${name}@example.org`).sort(),
    );
  });
});
