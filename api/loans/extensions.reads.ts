import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Moment, Reads } from '../database/reads';
import { sql } from '../database/sql';
import type { Extension } from './extension.entity';

type ExtensionRow = Omit<Extension, 'createdAt' | 'answeredAt'> & {
  createdAt: Moment;
  answeredAt: Moment | null;
};

/** Creates the loader of the latest extension by the loans' ids; it is visible with its loan. */
export const createExtensionLoader = (
  reads: Reads,
): DataLoader<string, Extension | null> =>
  createLoader<ExtensionRow, Extension | null>(
    reads,
    (ids) =>
      sql`select e.loan_id as key, e.id, e.loan_id as "loanId", e.new_due_date as "newDueDate", e.note, e.status,
      e.created_at as "createdAt", e.answered_at as "answeredAt" from extensions e
      where e.loan_id in (${ids})
      and not exists (select 1 from extensions later where later.loan_id = e.loan_id and later.id > e.id)`,
    ([row]) =>
      row
        ? {
            ...row,
            createdAt: new Date(row.createdAt),
            answeredAt:
              row.answeredAt === null ? null : new Date(row.answeredAt),
          }
        : null,
  );
