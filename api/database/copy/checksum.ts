import { createHash } from 'node:crypto';
import type { Value } from './rows';

/** Count and checksum of the rows of a table, in any order. */
export type Tally = { rows: number; checksum: bigint };

/** The tally of no rows. */
export const NO_ROWS: Tally = { rows: 0, checksum: 0n };

/** Returns the tally with more rows. */
export function addRows(
  { rows, checksum }: Tally,
  batch: readonly (readonly Value[])[],
): Tally {
  let sum = checksum;
  for (const row of batch) sum += checksumOf(row);
  return { rows: rows + batch.length, checksum: BigInt.asUintN(64, sum) };
}

/** Returns whether two tables have the same rows. */
export const areEqual = (a: Tally, b: Tally): boolean =>
  a.rows === b.rows && a.checksum === b.checksum;

/** Hashes a row. Bytes are replaced by their hash, as each column holds either bytes or text. */
function checksumOf(row: readonly Value[]): bigint {
  const values = row.map((value) =>
    Buffer.isBuffer(value)
      ? createHash('sha256').update(value).digest('hex')
      : value,
  );
  return createHash('sha256')
    .update(JSON.stringify(values))
    .digest()
    .readBigUInt64BE();
}
