import { once } from 'node:events';
import { connect as connectTo, createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { endsWithTest } from '../testing/cleanUp';
import {
  changeDatabase as change,
  databaseConfig as configOf,
  like,
  textsOf,
} from '../testing/doctor';
import { clockCheck } from './clock';
import { connectionsCheck } from './connections';
import { databaseCheck, postgresVersionFault } from './database';
import { migrationsCheck } from './migrations';

describe('the checks of PostgreSQL', () => {
  const at = (change: (url: URL) => void) => async () => {
    const { databaseUrl } = await configOf('postgres');
    const url = new URL(String(databaseUrl));
    change(url);
    return url.href;
  };

  it.each([
    [
      'a closed port',
      at((url) => (url.port = '9')),
      'broken: No database listens at the address in DATABASE_URL.',
    ],
    [
      'a missing database',
      at((url) => (url.pathname = '/nowhere')),
      'broken: The database in DATABASE_URL does not exist.',
    ],
    [
      'a user who may not log in',
      at((url) => (url.username = 'stranger')),
      'broken: PostgreSQL does not let this user in from this machine.',
    ],
  ])('%s is explained, without the password', async (_, urlOf, text) => {
    const databaseUrl = (await urlOf()).replace('@', ':hunter2@');
    const config = await configOf('postgres', { databaseUrl });

    const texts = await textsOf(databaseCheck, config);

    expect(texts).toEqual([like(text)]);
    expect(texts.join()).not.toContain('hunter2');
  });

  it('a wrong password, an unknown host and a full server are explained', async () => {
    const refuse = async (code: string) => {
      const databaseUrl = await refusingServer(code);
      return textsOf(
        databaseCheck,
        await configOf('postgres', { databaseUrl }),
      );
    };

    expect(await refuse('28P01')).toEqual([
      like('broken: PostgreSQL refuses the user or password in DATABASE_URL.'),
    ]);
    expect(await refuse('53300')).toEqual([
      like('broken: PostgreSQL has no connection left.'),
    ]);
    expect(await refuse('XX000')).toEqual([
      like('broken: The database cannot be opened (XX000).'),
    ]);
    expect(
      await textsOf(
        databaseCheck,
        await configOf('postgres', {
          databaseUrl: 'postgres://x@nowhere.invalid/x',
        }),
      ),
    ).toEqual([
      expect.stringMatching(
        /^broken: The (host in DATABASE_URL is not known|database cannot be opened \(EAI_AGAIN\))/,
      ),
    ]);
  });

  it('versions without updates, and those that are too old, are named', () => {
    expect(postgresVersionFault(120_022)).toMatchObject({ state: 'broken' });
    expect(postgresVersionFault(130_023)).toMatchObject({ state: 'look' });
    expect(postgresVersionFault(140_020)).toBeNull();
    expect(postgresVersionFault(180_004)).toBeNull();
  });

  it('a database far away is named', async () => {
    const { databaseUrl } = await configOf('postgres');
    const url = new URL(String(databaseUrl));
    url.port = await slowProxy(Number(url.port), 30);
    const config = await configOf('postgres', { databaseUrl: url.href });

    expect(await textsOf(databaseCheck, config)).toEqual([
      expect.stringMatching(/^look: The database is \d+ ms away\./),
    ]);
  });

  it('indexes that were never finished are named', async () => {
    const config = await configOf('postgres');
    await change(
      config,
      `insert into users (id, username, username_key, name, about, password_hash, created_at)
      select gen_random_uuid(), 'u' || n, 'u' || n, 'same', '', '', now() from generate_series(1, 2) n`,
    );
    await expect(
      change(
        config,
        'create unique index concurrently half_done on users (name)',
      ),
    ).rejects.toThrow('could not create unique index');

    expect(await textsOf(migrationsCheck, config)).toEqual([
      expect.stringMatching(
        /^look: Unfinished: 1 index \(half_done\).*reindex index concurrently half_done'$/,
      ),
    ]);
    await change(config, 'drop index half_done');
  });

  it('the clock of the database is compared with that of this machine', async () => {
    const config = await configOf('postgres');
    const shifted = (milliseconds: number) =>
      textsOf(clockCheck, config, { now: () => Date.now() + milliseconds });

    expect(await shifted(-20_000)).toEqual([
      expect.stringMatching(
        /^look: The clock of the database is (19|20|21) seconds ahead of this machine\./,
      ),
    ]);
    expect(await shifted(3_600_000)).toEqual([
      expect.stringMatching(
        /^broken: The clock of the database is 3[56]\d\d seconds behind this/,
      ),
    ]);
  });

  it('connections are counted, and compared with what a server may use', async () => {
    const config = await configOf('postgres', { databasePool: 194 });

    expect(await textsOf(connectionsCheck, config)).toEqual([
      expect.stringMatching(
        /^good: \d+ of 197 in use, up to 197 by each server/,
      ),
    ]);
    expect(
      await textsOf(connectionsCheck, { ...config, databasePool: 195 }),
    ).toEqual([
      like(
        'broken: A server may use 198 connections, but PostgreSQL allows 197.',
      ),
    ]);
    expect(await textsOf(connectionsCheck, await configOf('sqlite'))).toEqual(
      [],
    );
  });

  it('connections that are nearly used up are named', async () => {
    const config = await configOf('postgres');
    const clients = Array.from(
      { length: 160 },
      () => new Client(String(config.databaseUrl)),
    );
    endsWithTest(() => Promise.all(clients.map((client) => client.end())));
    for (const client of clients) await client.connect();

    expect(await textsOf(connectionsCheck, config)).toEqual([
      expect.stringMatching(/^look: 1[6-9]\d of 197 connections/),
    ]);
  });

  it('PgBouncer is recognized', async () => {
    const { databaseUrl } = await configOf('postgres');
    const url = new URL(String(databaseUrl));
    url.port = await bouncer(Number(url.port));
    const config = await configOf('postgres', {
      databaseUrl: url.href,
      databasePool: 1000,
    });

    expect(await textsOf(connectionsCheck, config)).toEqual([
      expect.stringMatching(/^good: .* through PgBouncer$/),
    ]);
  });
});

/** Starts a server that refuses every login with an error of PostgreSQL. @returns its URL */
async function refusingServer(code: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(errorMessage(code, 'No')));
  });
  return `postgres://x@127.0.0.1:${await portOf(server)}/x`;
}

/** Builds an error message of PostgreSQL's protocol. */
function errorMessage(code: string, message: string): Buffer {
  const fields = `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`;
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

/** Starts a proxy that refuses limits at the start of a connection, as PgBouncer does. @returns its port */
const bouncer = (port: number) =>
  portOf(
    createServer((near) => {
      near.once('data', (start) => {
        if (start.includes('statement_timeout'))
          near.end(
            errorMessage(
              '08P01',
              'unsupported startup parameter: statement_timeout',
            ),
          );
        else {
          const far = connectTo(port, '127.0.0.1');
          far.write(start);
          near.pipe(far).pipe(near);
          far.on('error', () => near.destroy());
          near.on('error', () => far.destroy());
        }
      });
    }),
  );

/** Starts a proxy that delays every packet. @returns its port */
async function slowProxy(port: number, delayMs: number): Promise<string> {
  const server = createServer((near) => {
    const far = connectTo(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => void pause(delayMs).then(() => to.write(data)));
      from.on('end', () => void pause(delayMs).then(() => to.end()));
      from.on('error', () => to.destroy());
    }
  });
  return portOf(server);
}

async function portOf(server: ReturnType<typeof createServer>) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endsWithTest(() => {
    server.close();
    return Promise.resolve();
  });
  return String((server.address() as AddressInfo).port);
}
