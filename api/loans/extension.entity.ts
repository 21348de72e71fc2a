import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { LoanEntity } from './loan.entity';
import type { ExtensionStatus } from '../generated/types';

export type { ExtensionStatus };

/** A borrower's request to extend a loan, answered by the owner. */
export const ExtensionEntity = defineEntity({
  name: 'Extension',
  tableName: 'extensions',
  indexes: [{ properties: ['loan', 'id'] }],
  // One at a time for each loan.
  uniques: [
    {
      name: 'extensions_loan_open_unique',
      expression:
        "create unique index extensions_loan_open_unique on extensions (loan_id) where status = 'REQUESTED'",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    loan: () => p.manyToOne(LoanEntity).ref().index(false),
    /** As `2026-05-01`, in the neighborhood's time zone. */
    newDueDate: p.string().length(10),
    note: p.text(),
    status: p.string().$type<ExtensionStatus>(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** Why the system declined it; null where the owner did. */
    reason: p.text().nullable(),
    answeredAt: p.datetime(3).nullable(),
  },
});

/** A row of `extensions`. */
export type ExtensionRow = InferEntity<typeof ExtensionEntity>;

/** The `Extension` of schema.graphql. */
export type Extension = Omit<ExtensionRow, 'loan'> & { loanId: string };
