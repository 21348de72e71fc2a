import { writeFileSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { endsWithTest, temporaryFolder } from '../testing/cleanUp';
import { migratedDatabase } from '../testing/databases';
import type { Location } from './orm';
import { filledDatabase } from '../testing/filledDatabase';
import {
  interruptMove,
  move,
  moveByCommand,
  silent,
  targetOf,
} from '../testing/moves';
import { oldDatabase } from '../testing/oldDatabase';
import { startPostgres } from '../testing/postgres';
import { runs } from '../testing/runs';
import { readTables } from '../testing/tables';
import { testApp } from '../testing/testApp';
import { backUp } from './backup';
import { changeDatabase } from './copy/sqliteFiles';
import { openDatabase } from './database';
import { sqliteFile } from './orm';
import { entities } from '../entities';

const fileOf = ({ dataDir }: Location) =>
  sqliteFile({ dataDir, databaseUrl: null }) ?? '';

/** Runs statements on the SQLite file of a location. */
const change = (location: Location, statement: string) =>
  changeDatabase(fileOf(location), (query) => query(statement));

/** Runs a statement on PostgreSQL. */
async function execute({ databaseUrl }: Location, statement: string) {
  const client = new Client({ connectionString: databaseUrl ?? '' });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

const tablesOf = async (target: Location) =>
  execute(
    target,
    "select relname from pg_class where relnamespace = 'public'::regnamespace",
  );

/** Rows of each table in the move of all tables. */
const ROWS = runs(300, 10_000);
/** Time limit of that move, which takes minutes in `npm run test:long`. */
const LONGEST_MS = 1_800_000;

describe('a move to PostgreSQL', () => {
  it(
    'a move to PostgreSQL copies every row of every table, and a backup copies them back',
    async () => {
      const source = await filledDatabase(ROWS);
      const target = await targetOf(source);

      const lines = await move(target);
      const back = await backUp(target, silent());

      const rows = await readTables(source);
      expect(Object.values(rows).every((table) => table.length > 0)).toBe(true);
      expect(await readTables(target)).toEqual(rows);
      const dataDir = await temporaryFolder();
      const databaseUrl = pathToFileURL(back).href;
      expect(await readTables({ dataDir, databaseUrl })).toEqual(rows);
      expect(lines).toContain(`  loans: ${ROWS.toLocaleString('en')} rows`);
      // Triggers run again for rows that are written later.
      expect(
        await execute(
          target,
          "select 1 from pg_trigger where tgenabled <> 'O'",
        ),
      ).toEqual([]);
    },
    LONGEST_MS,
  );

  it('a move that is killed continues where it was, and is not served until it is complete', async () => {
    const source = await filledDatabase(100);
    const target = await targetOf(source);

    const killed = await moveByCommand(target, (line, kill) => {
      if (line.includes('users:')) kill();
    });
    const started = openDatabase(
      { ...target, operationSeconds: 10, databasePool: 2 },
      entities,
    );
    await expect(started).rejects.toThrow(/not complete.*move-to-postgres/);
    await expect(backUp(target, silent())).rejects.toThrow(/not complete/);
    const resumed = await moveByCommand(target);

    expect(killed.lines).not.toContain('Comparing all rows');
    expect([resumed.errors, resumed.code]).toEqual(['', 0]);
    expect(resumed.lines).toContain(
      'Continuing where the copy was interrupted',
    );
    expect(await readTables(target)).toEqual(await readTables(source));
    await testApp(target);
  });

  it('a move that a restart of PostgreSQL interrupts says so in a sentence, and continues when it is run again', async () => {
    const source = await filledDatabase(100);
    const postgres = await startPostgres();
    endsWithTest(() => postgres.stop());
    const target = {
      dataDir: source.dataDir,
      databaseUrl: `${postgres.url.replace('neighbor@', 'neighbor:hunter2@')}/postgres`,
    };
    let restarting: Promise<void> | undefined;

    const interrupted = await moveByCommand(target, (line) => {
      if (line.includes('users:')) restarting ??= postgres.restart('SIGQUIT');
    });
    await restarting;
    const resumed = await moveByCommand(target);

    expect(interrupted.code).toBe(1);
    expect(interrupted.errors).toMatch(/^The move has stopped: .+\n$/);
    expect(interrupted.errors).toContain(
      'Run the same command again to continue',
    );
    expect([resumed.errors, resumed.code]).toEqual(['', 0]);
    expect(await readTables(target)).toEqual(await readTables(source));
    for (const { lines, errors } of [interrupted, resumed])
      expect(lines.join('\n') + errors).not.toContain('hunter2');
  });

  it('a move starts over where the source has changed since it was interrupted', async () => {
    const source = await filledDatabase(20);
    const target = await targetOf(source);
    await interruptMove(target, /messages:/);
    await change(source, "update users set about = 'changed since'");
    await change(source, 'delete from reports');

    expect((await move(target)).join()).toContain('Starting over');

    expect(await readTables(target)).toEqual(await readTables(source));
  });

  it('a move finds a row that another process has changed, and starts over when it is run again', async () => {
    const source = await filledDatabase(20);
    const target = await targetOf(source);
    await interruptMove(target, /Comparing/);
    await execute(
      target,
      `update recipes set title = title || '!' where minutes_to_complete = 7`,
    );

    await expect(move(target)).rejects.toThrow(/differ.*: recipes$/);
    await expect(
      openDatabase(
        { ...target, operationSeconds: 10, databasePool: 2 },
        entities,
      ),
    ).rejects.toThrow(/not complete/);
    await move(target);

    expect(await readTables(target)).toEqual(await readTables(source));
  });

  it('a move is refused while a server uses the file', async () => {
    const { config } = await testApp();
    const target = await targetOf(config);

    await expect(move(target)).rejects.toThrow(/in use: stop the server/);

    expect(await tablesOf(target)).toEqual([]);
  });

  it.each([
    ['tables of something else', 'create table other (id int)'],
    ['the tables of a server', null],
  ])('a move is refused into a database with %s', async (_, statement) => {
    const source = await filledDatabase(1);
    const target = statement
      ? await targetOf(source)
      : { ...(await migratedDatabase('postgres')), dataDir: source.dataDir };
    if (statement) await execute(target, statement);
    const before = await tablesOf(target);

    const { code, errors } = await moveByCommand(target);

    expect([code, errors]).toEqual([2, expect.stringContaining('not empty')]);
    expect(await tablesOf(target)).toEqual(before);
  });

  it('a move is refused from a file of another version, of something else, or that is damaged', async () => {
    const newer = await filledDatabase(1);
    await change(
      newer,
      `insert into mikro_orm_migrations (name) values ('Migration20990101000000')`,
    );
    const other = { dataDir: await temporaryFolder(), databaseUrl: null };
    writeFileSync(fileOf(other), '');
    const cut = await filledDatabase(50);
    await truncate(
      fileOf(cut),
      Math.floor((await readFile(fileOf(cut))).length / 2),
    );
    const text = { dataDir: await temporaryFolder(), databaseUrl: null };
    await writeFile(
      fileOf(text),
      'no database, but long enough to look like one'.repeat(100),
    );
    const dangling = await filledDatabase(2);
    await change(dangling, 'delete from messages');
    const older = await oldDatabase('sqlite', 'Migration20261122120000', {});

    for (const [source, message] of [
      [older, /older version/],
      [newer, /newer version/],
      [other, /not a database of NeighborShare/],
      [dangling, /refer to rows that do not exist: reports/],
      [cut, /damaged|malformed/],
      [text, /not a database/],
    ] as const) {
      const target = await targetOf(source);
      await expect(move(target)).rejects.toThrow(message);
      expect(await tablesOf(target)).toEqual([]);
    }
  });

  it('a move is refused without a file or a PostgreSQL to move to', async () => {
    const dataDir = await temporaryFolder();

    await expect(move({ dataDir, databaseUrl: null })).rejects.toThrow(
      /set DATABASE_URL/,
    );
    await expect(
      move({ dataDir, databaseUrl: 'postgres://127.0.0.1:1/x' }),
    ).rejects.toThrow(/there is no .*neighborshare.sqlite/);
  });

  it('a move names the table with a value that PostgreSQL cannot store', async () => {
    const source = await filledDatabase(3);
    await change(
      source,
      `update users set name = 'a' || char(0) || 'b' where username like '2%'`,
    );

    await expect(move(await targetOf(source))).rejects.toThrow(/users: .*0x00/);
  });
});
