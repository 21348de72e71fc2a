import { entities } from '../entities';
import { connect, type Location } from '../database/orm';
import { emptyDatabase, type DatabaseName } from './databases';

/** A row, by the names that the columns had. */
type OldRow = Record<string, unknown>;

/** The moment at which the rows below were created. */
export const LONG_AGO = new Date('2025-10-09T08:53:20Z');

/** Rows that are inserted with one statement; SQLite allows a limited number of values. */
const BATCH = 50;

/**
 * Makes a database with rows that an older version has stored, for a test of the migrations since; it is
 * deleted after the test.
 * @param last name of the last migration of that version
 * @param tables rows by table, in the order in which they are inserted
 */
export async function oldDatabase(
  database: DatabaseName,
  last: string,
  tables: Record<string, OldRow[]>,
): Promise<Location> {
  const location = await emptyDatabase(database);
  const orm = await connect(location, entities);
  try {
    await orm.getMigrator().up({ to: last });
    const knex = orm.em.getConnection().getKnex();
    for (const [table, rows] of Object.entries(tables))
      await knex.batchInsert(
        table,
        database === 'sqlite' ? rows.map(withNumbers) : rows,
        BATCH,
      );
  } finally {
    await orm.close();
  }
  return location;
}

/** Replaces dates by milliseconds, as the ORM stores them in SQLite. */
const withNumbers = (row: OldRow): OldRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Date ? value.getTime() : value,
    ]),
  );

/** Returns an id; they have the order of their numbers. */
export const oldId = (number: number): string =>
  `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** Returns a user, with the username as the name. */
export const oldUser = (id: string, username: string): OldRow => ({
  ...{ id, username, username_key: username, name: username },
  ...{ about: '', password_hash: 'x', created_at: LONG_AGO },
});

/** Returns a neighborhood in Berlin that everybody may join. */
export const oldNeighborhood = (id: string, name: string): OldRow => ({
  ...{ id, name, about: '', time_zone: 'Europe/Berlin', join_policy: 'OPEN' },
  created_at: LONG_AGO,
});

/** Returns a membership. */
export const oldMembership = (
  id: string,
  user: string,
  neighborhood: string,
  [role, status]: readonly [role: string, status: string],
): OldRow => ({
  ...{ id, user_id: user, neighborhood_id: neighborhood, role, status },
  ...{ created_at: LONG_AGO, updated_at: LONG_AGO },
});

/** Returns an item that can be borrowed for at most a week, without buffer days. */
export const oldItem = (
  id: string,
  owner: string,
  neighborhood: string,
  title: string,
): OldRow => ({
  ...{ id, owner_id: owner, neighborhood_id: neighborhood, title },
  ...{ description: '', category: 'TOOLS', pickup_note: '', status: 'ACTIVE' },
  ...{ max_loan_days: 7, buffer_days: 0 },
  ...{ created_at: LONG_AGO, updated_at: LONG_AGO },
});

/** Returns a recipe from before there were neighborhoods. */
export const oldRecipe = (
  id: string,
  author: string,
  title: string,
): OldRow => ({
  ...{ id, author_id: author, title, instructions: '' },
  ...{ minutes_to_complete: 5, created_at: LONG_AGO, updated_at: LONG_AGO },
});
