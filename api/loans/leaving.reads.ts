import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { literals, sql } from '../database/sql';
import { HELD_LOAN_STATUSES } from '../loanStatus';

/** Creates the loader of whether the viewer holds or lends an item, by the neighborhoods' ids. */
export const createLendingLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, boolean> =>
  createLoader<object, boolean>(
    reads,
    (ids) =>
      sql`select distinct neighborhood_id as key from loans where neighborhood_id in (${ids})
      and (borrower_id = ${viewerId} or owner_id = ${viewerId}) and status in (${literals(HELD_LOAN_STATUSES)})`,
    (rows) => rows.length > 0,
  );
