import { Client } from 'pg';
import { endsWithTest } from '../testing/cleanUp';
import {
  buildNotification,
  buildPerson,
  type Person,
} from '../testing/buildPeople';
import { until } from '../testing/live';
import { Logout } from '../testing/operations';
import { describeWithPgBouncer, startPgBouncer } from '../testing/pgbouncer';
import { testApp } from '../testing/testApp';
import { openTcpProxy } from '../testing/tcpProxy';
import { listenForHints } from './hints';

/** Listens to a database, and waits until its changes are announced. */
function openHints(databaseUrl: string) {
  const heard: string[] = [];
  const errors: unknown[] = [];
  const onPooled = jest.fn();
  const hints = listenForHints(databaseUrl, {
    onError: (error) => errors.push(error),
    onPooled,
  });
  endsWithTest(() => hints.close());
  hints.on('sessions', (id) => heard.push(`session ${id}`));
  hints.on('notifications', (id) => heard.push(`notification ${id}`));
  return { hints, heard, errors, onPooled };
}

/** Runs statements as an operator would. */
async function byHand(databaseUrl: string, ...statements: string[]) {
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Starts a server on PostgreSQL with Ana, and returns the address of the database. */
async function buildAna() {
  const api = await testApp({ database: 'postgres' });
  const ana = await buildPerson(api, 'ana');
  return { api, ana, databaseUrl: api.config.databaseUrl ?? '' };
}

const ending = ({ sessionId }: Person) =>
  `update sessions set revoked_at = now() where id = '${sessionId}'`;

const MARK_READ =
  'mutation { markNotificationsRead(input: {}) { errors { code } } }';

describe('hints', () => {
  it('name each ended session and each recipient of news, when it is committed, also where it was done by hand', async () => {
    const { api, ana, databaseUrl } = await buildAna();
    const ben = await buildPerson(api, 'ben');
    const { hints, heard } = openHints(databaseUrl);
    await until(() => hints.areLive);
    heard.length = 0;

    await byHand(databaseUrl, 'begin', ending(ben), 'rollback');
    const news = await buildNotification(api, ben);
    await api.as(ben).run(MARK_READ);
    await byHand(
      databaseUrl,
      `update notifications set withdrawn_at = now() where id = '${news.id}'`,
      ending(ben),
      // It has ended already.
      ending(ben),
    );
    await api.as(ana).run(Logout);
    await until(() => heard.length === 4);

    expect(heard).toEqual([
      `notification ${ben.user.id}`,
      `notification ${ben.user.id}`,
      `session ${ben.sessionId}`,
      `session ${ana.sessionId}`,
    ]);
  });

  it('are live again after their connection was cut, and say that they may have missed something', async () => {
    const { databaseUrl } = await buildAna();
    const proxy = await openTcpProxy(databaseUrl);
    const { hints, heard, errors } = openHints(proxy.url);
    await until(() => hints.areLive);
    heard.length = 0;

    await proxy.disconnect();
    await until(() => !hints.areLive);
    expect(heard).toEqual(['session null', 'notification null']);
    await until(() => errors.length > 1);
    await proxy.reopen();
    await until(() => hints.areLive);

    expect(heard.slice(2)).toEqual(['session null', 'notification null']);
  });

  it('replace a connection that falls silent', async () => {
    const { ana, databaseUrl } = await buildAna();
    const proxy = await openTcpProxy(databaseUrl);
    const { hints, heard } = openHints(proxy.url);
    await until(() => hints.areLive);

    proxy.freeze();
    await until(() => !hints.areLive);
    await until(() => hints.areLive);
    await byHand(databaseUrl, ending(ana));
    await until(() => heard.includes(`session ${ana.sessionId}`));

    expect(hints.areLive).toBe(true);
  });
});

describeWithPgBouncer('hints behind PgBouncer', () => {
  it('are not live, as it passes none on', async () => {
    const { databaseUrl } = await buildAna();

    const { hints, errors, onPooled } = openHints(
      await startPgBouncer(databaseUrl),
    );
    await until(() => onPooled.mock.calls.length > 0);

    expect(hints.areLive).toBe(false);
    expect(errors).toEqual([]);
  });
});
