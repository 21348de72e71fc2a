import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import { ExtensionEntity, type Extension } from './extension.entity';

/** Columns of an `Extension` out of `extensions e`. */
const columns = columnsOf(ExtensionEntity, 'e');
type ExtensionRow = RowOf<typeof columns>;

/** Creates the loader of the latest extension by the loans' ids; it is visible with its loan. */
export const createExtensionLoader = (
  reads: Reads,
): DataLoader<string, Extension | null> =>
  createLoader<ExtensionRow, Extension | null>(
    reads,
    (ids) =>
      sql`select e.loan_id as key, ${columns.list} from extensions e
      where e.loan_id in (${ids})
      and not exists (select 1 from extensions later where later.loan_id = e.loan_id and later.id > e.id)`,
    ([row]) => (row ? columns.toValue(row) : null),
  );
