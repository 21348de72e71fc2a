import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { buildPerson } from '../testing/buildPeople';
import { endsWithTest } from '../testing/cleanUp';
import { emptyDatabase } from '../testing/databases';
import { Me } from '../testing/operations';
import { runs } from '../testing/runs';
import { testApp } from '../testing/testApp';
import { openTcpProxy } from '../testing/tcpProxy';
import { sql } from './sql';

/** Opens a server with a short time limit whose connections can fall silent. */
async function openApi(operationSeconds = 2) {
  const { databaseUrl } = await emptyDatabase('postgres');
  const proxy = await openTcpProxy(databaseUrl ?? '');
  const api = await testApp({
    databaseUrl: proxy.url,
    operationSeconds,
    databasePool: 4,
  });
  return { api, proxy, databaseUrl: databaseUrl ?? '' };
}

const RENAME =
  'mutation { updateProfile(input: {name: "new"}) { user { id } } }';

/** Opens a connection of another program. */
async function connectTo(url: string): Promise<Client> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  endsWithTest(() => client.end());
  return client;
}

describe('a PostgreSQL connection that falls silent', () => {
  it('connections that all fall silent cost the operations that use them, and are then replaced', async () => {
    const { api, proxy } = await openApi();
    const ana = await buildPerson(api, 'ana');
    await Promise.all([1, 2, 3, 4].map(() => api.as(ana).run(Me)));

    proxy.freeze();
    const during = await Promise.all([1, 2].map(() => api.as(ana).run(Me)));
    // The limit of an operation, and the longest time for the way there and back.
    await pause(6000);
    const after = await Promise.all(
      [1, 2, 3, 4].map(() => api.as(ana).run(Me)),
    );

    expect(during.map(({ status }) => status)).toEqual([503, 503]);
    expect(after.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await api.http.inject('/health/ready')).json()).toEqual({
      status: 'ready',
    });
  });

  it('the health of the server is checked over another connection after one probe', async () => {
    const { api, proxy } = await openApi(5);
    const probe = async () =>
      (await api.http.inject('/health/ready')).statusCode;
    expect(await probe()).toBe(200);

    proxy.freeze();
    const statuses = [await probe(), await probe()];

    expect(statuses).toEqual([503, 200]);
    await api.close();
  });

  it('a slow way to the database costs time and nothing else', async () => {
    const { api, proxy } = await openApi(30);
    const ana = await buildPerson(api, 'ana');

    proxy.delay(200);
    const slow = await Promise.all([
      api.as(ana).run(Me),
      api.as(ana).run(RENAME),
    ]);
    proxy.delay(0);

    expect(slow.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('a server with silent connections stops within the time of one operation', async () => {
    const { api, proxy } = await openApi();
    const ana = await buildPerson(api, 'ana');
    await api.as(ana).run(Me);

    proxy.freeze();

    // Within the time limit of the test.
    await expect(api.close()).resolves.toBeUndefined();
  });
});

describe('locks of PostgreSQL', () => {
  it('a locked table costs those who need it, and neither others nor the health of the server', async () => {
    // Longer than the wait for a lock, which is 3 seconds.
    const { api, databaseUrl } = await openApi(7);
    const ana = await buildPerson(api, 'ana');
    const other = await connectTo(databaseUrl);
    await other.query('begin; lock table loans in access exclusive mode');

    const locked = Array.from({ length: 12 }, () =>
      api.as(ana).run('{ myLoans(first: 1) { edges { node { id } } } }'),
    );
    const me = await Promise.all([1, 2, 3].map(() => api.as(ana).run(Me)));
    const ready = await api.http.inject('/health/ready');
    const loans = await Promise.all(locked);
    await other.query('rollback');

    expect(me.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(ready.json()).toEqual({ status: 'ready' });
    expect(new Set(loans.map(({ status }) => status))).toEqual(new Set([503]));
  });

  it('every connection limits statements, locks and pauses of transactions', async () => {
    const { api } = await openApi();
    const { reads, systemReads } = api.services;

    for (const each of [reads, systemReads])
      expect(
        await each.all(
          sql`select name, setting from pg_settings where name like '%_timeout' and name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
        ),
      ).toEqual([
        { name: 'idle_in_transaction_session_timeout', setting: '30000' },
        { name: 'lock_timeout', setting: '2000' },
        { name: 'statement_timeout', setting: '2000' },
      ]);
  });
});

/** PostgreSQL waits for half a minute. */
const itLong = runs(0, 1) > 0 ? it : it.skip;

describe('a locked row of PostgreSQL', () => {
  itLong(
    'the locks of a machine that has vanished within a transaction are free after half a minute',
    async () => {
      const { api, proxy, databaseUrl } = await openApi(7);
      const ana = await buildPerson(api, 'ana');
      const near = await testApp({ databaseUrl });
      const rename = () => near.as(ana).run(RENAME);

      await api.services.orm.em
        .fork()
        .transactional(async (em) => {
          await em.execute('select 1 from users for update');
          proxy.freeze();
          // Fails here after ten seconds; PostgreSQL hears nothing of it.
          await em.execute('select 1');
        })
        .catch(() => undefined);
      const during = await rename();
      await pause(30_000);
      const after = await rename();

      expect([during.status, after.status]).toEqual([503, 200]);
    },
    180_000,
  );

  it('a locked row costs those who change it, and no other row', async () => {
    const { api, databaseUrl } = await openApi(7);
    const [ana, ben] = [
      await buildPerson(api, 'ana'),
      await buildPerson(api, 'ben'),
    ];
    const rename = (person: { accessToken: string }) =>
      api.as(person).run(RENAME);
    const other = await connectTo(databaseUrl);
    await other.query('begin');
    await other.query("select 1 from users where username = 'ana' for update");

    const held = await rename(ana);
    const free = await rename(ben);
    await other.query('rollback');

    expect(held.status).toBe(503);
    expect(free.status).toBe(200);
    expect((await rename(ana)).status).toBe(200);
  });
});
