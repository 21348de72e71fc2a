import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';

/** Creates the loader of whether the viewer holds or lends an item, by the neighborhoods' ids. */
export const createLendingLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, boolean> =>
  createLoader<object, boolean>(
    reads,
    (ids) =>
      sql`select distinct neighborhood_id as key from loans where neighborhood_id in (${ids})
      and (borrower_id = ${viewerId} or owner_id = ${viewerId}) and status in ('ON_LOAN', 'RETURN_CLAIMED', 'DISPUTED')`,
    (rows) => rows.length > 0,
  );
