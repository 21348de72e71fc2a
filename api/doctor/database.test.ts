import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../config';
import { migrations } from '../database/migrations';
import { sqliteFile } from '../database/orm';
import { openSqliteReads } from '../database/reads';
import { sql } from '../database/sql';
import { endsWithTest, temporaryFolder } from '../testing/cleanUp';
import { DATABASES, emptyDatabase } from '../testing/databases';
import {
  changeDatabase as change,
  databaseConfig as configOf,
  like,
  textsOf,
} from '../testing/doctor';
import { clockCheck } from './clock';
import { databaseCheck } from './database';
import { migrationsCheck } from './migrations';

/** Size of a page of SQLite, by default. */
const PAGE_BYTES = 4096;

describe.each(DATABASES)('the checks of the database on %s', (database) => {
  it('a database in order is good', async () => {
    const config = await configOf(database);

    expect(await textsOf(databaseCheck, config)).toEqual([
      expect.stringMatching(
        database === 'sqlite'
          ? /^good: SQLite, \d.* sound$/
          : /^good: PostgreSQL \d+, "test_\w+", .* ms away$/,
      ),
    ]);
    expect(await textsOf(migrationsCheck, config)).toEqual([
      expect.stringMatching(/^good: up to date, \d+ migrations$/),
    ]);
    expect(await textsOf(clockCheck, config)).toEqual([
      expect.stringMatching(
        database === 'sqlite'
          ? /^good: .* UTC$/
          : /^good: .* UTC, as database$/,
      ),
    ]);
  });

  it('missing and unknown migrations are told apart', async () => {
    const config = await configOf(database);
    const last = String(migrations[database].at(-1)?.name);
    const rename = (from: string, to: string) =>
      change(
        config,
        `update mikro_orm_migrations set name = '${to}' where name = '${from}'`,
      );
    await rename(last, 'Migration2199');
    // Other tests use the database again.
    endsWithTest(() => rename('Migration2199', last));

    expect(await textsOf(migrationsCheck, config)).toEqual([
      like('broken: The tables are older than the program: 1 migration'),
      like('look: The tables are newer than the program: it does not know 1 '),
    ]);
  });

  it('a database without tables is named', async () => {
    const config = {
      ...loadConfig({}),
      ...(await emptyDatabase(database)),
    };
    const file = sqliteFile(config);
    if (file) await writeFile(file, '');

    expect(await textsOf(migrationsCheck, config)).toEqual([
      like('broken: The database has no tables.'),
    ]);
  });

  it('a time zone that Node does not know is named', async () => {
    const config = await configOf(database);
    await change(
      config,
      `insert into neighborhoods (id, name, about, time_zone, join_policy, created_at)
      values ('019ac000-0000-7000-8000-000000000000', 'x', '', 'Mars/Base', 'OPEN', ${database === 'sqlite' ? '0' : 'now()'})`,
    );

    expect(await textsOf(clockCheck, config)).toEqual([
      like('broken: Node does not know the time zone Mars/Base.'),
    ]);
  });
});

describe('the checks of SQLite', () => {
  it('a missing file is not created, and the checks that need it are skipped', async () => {
    const dataDir = await temporaryFolder();
    const config = { ...loadConfig({}), dataDir };

    expect(await textsOf(databaseCheck, config)).toEqual([
      like(`broken: There is no database ${sqliteFile(config)}.`),
    ]);
    expect(await textsOf(migrationsCheck, config)).toEqual([
      'skipped: The database does not answer.',
    ]);
    await expect(readFile(String(sqliteFile(config)))).rejects.toThrow(
      'ENOENT',
    );
  });

  it('a file that is no database is named', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(
      path.join(dataDir, 'neighborshare.sqlite'),
      'no database, but long enough to look like one'.repeat(100),
    );

    expect(
      await textsOf(databaseCheck, { ...loadConfig({}), dataDir }),
    ).toEqual([like('broken: The database file is not a SQLite database.')]);
  });

  it('damage inside the file is found', async () => {
    const config = await configOf('sqlite');
    await change(config, 'pragma wal_checkpoint(truncate)');
    const file = String(sqliteFile(config));
    const reads = await openSqliteReads(file, 10);
    const [{ page } = { page: 0 }] = await reads.all<{ page: number }>(
      sql`select rootpage as page from sqlite_schema where name = 'recipes'`,
    );
    await reads.close();
    const content = await readFile(file);
    content.fill(0xff, (page - 1) * PAGE_BYTES, page * PAGE_BYTES);
    await writeFile(file, content);

    expect(await textsOf(databaseCheck, config)).toEqual([
      like('broken: The database is damaged: '),
    ]);
  });

  it('a database without write-ahead log is named', async () => {
    const config = await configOf('sqlite');
    await change(config, 'pragma journal_mode = delete');

    expect(await textsOf(databaseCheck, config)).toEqual([
      like('look: The database does not use write-ahead logging (WAL).'),
    ]);
  });

  it('a file that may not be opened is named with its error', async () => {
    const dataDir = await temporaryFolder();
    const databaseUrl = `file://${dataDir}`;

    expect(
      await textsOf(databaseCheck, { ...loadConfig({}), databaseUrl }),
    ).toEqual([
      expect.stringMatching(
        /^broken: The database cannot be opened \(SQLITE_(CANTOPEN|IOERR)\)/,
      ),
    ]);
  });
});
