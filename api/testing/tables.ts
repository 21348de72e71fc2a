import { connect } from '../database/orm';
import { entities } from '../entities';
import type { Location } from '../database/orm';

/** Rows of every entity, as the ORM reads them, in the order of their ids. */
export type TableRows = Record<string, object[]>;

/** Reads all rows of a database through its entities. */
export async function readTables(location: Location): Promise<TableRows> {
  const orm = await connect(location, entities);
  try {
    const tables: TableRows = {};
    for (const {
      meta: { className },
    } of entities) {
      const meta = orm.getMetadata().get(className);
      const rows = await orm.em.fork().find(className, {});
      tables[meta.tableName] = rows
        .map((row) =>
          Object.fromEntries(
            meta.comparableProps.map(({ name }) => [
              name,
              plain((row as Record<string, unknown>)[name]),
            ]),
          ),
        )
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    }
    return tables;
  } finally {
    await orm.close();
  }
}

/** Replaces a related entity by its id, and bytes by text. */
const plain = (value: unknown): unknown => {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'object' && value !== null && 'id' in value
    ? value.id
    : value;
};
