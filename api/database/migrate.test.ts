import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { endsWithTest } from '../testing/cleanUp';
import { emptyDatabase } from '../testing/databases';
import { oldDatabase } from '../testing/oldDatabase';
import { testApp } from '../testing/testApp';
import { MIGRATION_LOCK, migratePostgres } from './migrate';
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

  it('a start gives up when another process goes on migrating', async () => {
    const api = await testApp({ database: 'postgres' });
    const { orm } = api.services;
    const other = await connectTo(api.config.databaseUrl ?? '');
    await other.query('begin');
    await other.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);

    await expect(migratePostgres(orm, 500)).rejects.toThrow(
      'another process has been migrating',
    );
    await other.query('commit');
    await migratePostgres(orm, 500);
  });

  it('an index whose creation was interrupted is made anew', async () => {
    const api = await testApp({ database: 'postgres' });
    const other = await connectTo(api.config.databaseUrl ?? '');
    const name = 'notifications_recipient_withdrawn_index';
    await other.query(
      `update pg_index set indisvalid = false where indexrelid = '${name}'::regclass`,
    );
    await other.query(
      "delete from mikro_orm_migrations where name = 'Migration20261129110001'",
    );

    await migratePostgres(api.services.orm);

    const { rows } = await other.query(
      `select indisvalid from pg_index where indexrelid = '${name}'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });
});
