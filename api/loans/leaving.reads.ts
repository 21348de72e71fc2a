import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { literals, sql } from '../database/sql';
import { HELD_LOAN_STATUSES } from '../loanStatus';

const HELD = literals(HELD_LOAN_STATUSES);

/** Creates the loader of whether the viewer holds or lends an item, by the neighborhoods' ids. */
export const createLendingLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, boolean> =>
  createLoader<object, boolean>(
    reads,
    // All of the viewer's few held loans, as an index leads to them and not to those of a neighborhood.
    () => sql`select neighborhood_id as key from loans where borrower_id = ${viewerId} and status in (${HELD})
      union select neighborhood_id from loans where owner_id = ${viewerId} and status in (${HELD})`,
    (rows) => rows.length > 0,
  );
