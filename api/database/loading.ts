import DataLoader from 'dataloader';
import type { Reads } from './reads';
import { join, type Sql } from './sql';

/** Numbers of ids in a statement. There are few sizes, so that few statements are prepared and kept. */
const SIZES = [1, 5, 20, 50];
const MAX_BATCH_SIZE = 50;

/**
 * Creates a loader that reads the keys of many fields with one statement for up to fifty of them.
 * @param select makes the select out of the list of an `in (...)`; its rows name their key as `key`
 * @param toValue makes the value of a key out of its rows; of no rows where there are none
 */
export function createLoader<Row extends object, Value>(
  reads: Reads,
  select: (keys: Sql) => Sql,
  toValue: (rows: Row[], key: string) => Value,
): DataLoader<string, Value> {
  return new DataLoader(
    async (keys) => {
      const size = SIZES.find((enough) => enough >= keys.length) ?? keys.length;
      // The last key is repeated up to the size.
      const padded = [
        ...keys,
        ...Array.from({ length: size - keys.length }, () => keys.at(-1) ?? ''),
      ];
      const rows = await reads.all<Row & { key: string }>(select(join(padded)));
      const byKey = new Map<string, Row[]>();
      for (const row of rows) {
        const sameKey = byKey.get(row.key);
        if (sameKey) sameKey.push(row);
        else byKey.set(row.key, [row]);
      }
      return keys.map((key) => toValue(byKey.get(key) ?? [], key));
    },
    { maxBatchSize: MAX_BATCH_SIZE },
  );
}
