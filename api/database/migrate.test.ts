import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { endsWithTest } from '../testing/cleanUp';
import { emptyDatabase } from '../testing/databases';
import { oldDatabase } from '../testing/oldDatabase';
import { testApp } from '../testing/testApp';
import { sql } from './sql';

/** Opens a connection of another program. */
async function connectTo(url: string, lockTimeout = 0): Promise<Client> {
  const client = new Client({
    connectionString: url,
    lock_timeout: lockTimeout,
  });
  await client.connect();
  endsWithTest(() => client.end());
  return client;
}

describe('migrations of PostgreSQL', () => {
  it('a new PostgreSQL database is migrated once by servers that start at the same time', async () => {
    const location = await emptyDatabase('postgres');

    const [api] = await Promise.all([1, 2, 3].map(() => testApp(location)));

    const twice = await api?.services.reads.all(
      sql`select name from mikro_orm_migrations group by name having count(*) > 1`,
    );
    expect(twice).toEqual([]);
  });

  it('a migration whose table is in use lets operations pass that wait behind it, and ends when the table is free', async () => {
    const location = await oldDatabase(
      'postgres',
      'Migration20261128120000',
      {},
    );
    const url = location.databaseUrl ?? '';
    // As pg_dump does, for as long as it reads.
    const backup = await connectTo(url);
    await backup.query('begin; lock table memberships in access share mode');
    // Longer than a migration may wait for its lock, with the time that a busy machine needs.
    const operations = await connectTo(url, 8000);

    const starting = testApp(location);
    const counts: unknown[] = [];
    for (let second = 0; second < 5; second++) {
      await pause(1000);
      const { rows } = await operations.query(
        'select count(*) as count from memberships',
      );
      counts.push(rows);
    }
    await backup.query('commit');
    const api = await starting;

    expect(counts).toEqual(counts.map(() => [{ count: '0' }]));
    expect((await api.http.inject('/health/ready')).json()).toEqual({
      status: 'ready',
    });
  });
});
