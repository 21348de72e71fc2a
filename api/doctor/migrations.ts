import { readInvalidIndexes, readMigrations } from './doctor.reads';
import type { Check } from './deployment';
import { broken, look, orGood, plural } from './finding';
import { withDatabase } from './database';

/** Checks whether the tables are those of this version. */
export const migrationsCheck: Check = {
  title: 'Tables',
  run: (deployment) =>
    withDatabase(deployment, async (reads) => {
      const found = await readMigrations(reads).catch(() => null);
      if (!found) return [withoutTables()];
      const { count, missing, unknown } = found;
      const invalid =
        reads.dialect === 'postgres' ? await readInvalidIndexes(reads) : [];
      return orGood(
        [
          missing.length > 0 && outdated(missing.length),
          unknown.length > 0 && newer(unknown.length),
          invalid.length > 0 && unfinished(invalid),
        ],
        `up to date, ${plural(count, 'migration')}`,
      );
    }),
};

const withoutTables = () =>
  broken(
    'The database has no tables.',
    'The server has not started with this database yet.',
    'Start the server, which creates the tables.',
  );

const outdated = (count: number) =>
  broken(
    `The tables are older than the program: ${plural(count, 'migration')} missing.`,
    'The server changes them when it starts. It has not been restarted since the upgrade, or a migration failed.',
    'Restart the server, and read its log if this repeats.',
  );

const newer = (count: number) =>
  look(
    `The tables are newer than the program: it does not know ${plural(count, 'migration')}.`,
    'An older version runs than before. This is intended while you go back to it.',
    'Otherwise install the newer version again: docs/operating.md, "Upgrading and rolling back".',
  );

const unfinished = (names: string[]) =>
  look(
    `Unfinished: ${plural(names.length, 'index').replace('indexs', 'indexes')} (${names.join(', ')}).`,
    'A migration makes it at the moment, or was interrupted. Until it is finished some pages are slow.',
    `If no server starts at the moment, finish it: psql "$DATABASE_URL" -c 'reindex index concurrently ${names[0]}'`,
  );
