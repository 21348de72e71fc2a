import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { spawnBuilt } from '../testing/builtServer';
import { endsWithTest, temporaryFolder } from '../testing/cleanUp';
import { emptyDatabase } from '../testing/databases';

/** Creates a role, which is dropped after the test. @returns the address of an empty database as this role */
async function asRole(options: string): Promise<string> {
  const url = new URL((await emptyDatabase('postgres')).databaseUrl ?? '');
  const owner = new Client(url.href);
  await owner.connect();
  const role = `start_${randomUUID().replaceAll('-', '')}`;
  await owner.query(`create role ${role} ${options}`);
  endsWithTest(async () => {
    await owner.query(`drop role ${role}`);
    await owner.end();
  });
  url.username = role;
  return url.href;
}

describe('a server whose database refuses it', () => {
  it.each([
    [
      'the user is unknown',
      async () => {
        const url = new URL(
          (await emptyDatabase('postgres')).databaseUrl ?? '',
        );
        url.username = 'nobody-knows';
        return url.href;
      },
      'PostgreSQL does not accept the user of DATABASE_URL',
    ],
    [
      'the user may create no tables',
      () => asRole('login'),
      'the user of DATABASE_URL may not create tables: make it the owner of the database',
    ],
    [
      'no connection is left',
      () => asRole('login connection limit 0'),
      'PostgreSQL has no connection left: lower DATABASE_POOL, or raise max_connections',
    ],
    [
      'the server cannot be reached',
      () => Promise.resolve('postgres://neighbor:secret@127.0.0.1:1/postgres'),
      'the database cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
    ],
    [
      'TLS is demanded of a server without it',
      async () =>
        `${(await emptyDatabase('postgres')).databaseUrl}?sslmode=verify-full`,
      'PostgreSQL offers no TLS, which DATABASE_URL demands',
    ],
  ])('the server explains in one line that %s', async (_, urlOf, sentence) => {
    const child = spawnBuilt('main.js', {
      PORT: '0',
      DATA_DIR: await temporaryFolder(),
      DATABASE_URL: await urlOf(),
    });

    const [output, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);

    expect(output).toBe(`NeighborShare cannot start: ${sentence}\n`);
    expect(code).toBe(1);
  });
});
