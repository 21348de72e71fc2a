import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { ItemEntity } from '../items/item.entity';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { UserEntity } from '../users/user.entity';
import type {
  DisputeOutcome,
  LoanAction,
  LoanRole,
  LoanStatus,
} from '../generated/types';

export type { DisputeOutcome, LoanAction, LoanRole, LoanStatus };

/** An item that one neighbor borrows from another. */
export const LoanEntity = defineEntity({
  name: 'Loan',
  tableName: 'loans',
  indexes: [
    { properties: ['borrower', 'id'] },
    { properties: ['borrower', 'status'] },
    { properties: ['owner', 'id'] },
    { properties: ['owner', 'status'] },
    // Calendars list the loans of a side by their last day.
    { properties: ['borrower', 'dueDate', 'id'] },
    { properties: ['owner', 'dueDate', 'id'] },
    { properties: ['neighborhood', 'status'] },
    // The jobs find by the day or the age, and read ids out of the index alone.
    { properties: ['status', 'startDate', 'id'] },
    { properties: ['status', 'dueDate', 'id'] },
    { properties: ['status', 'createdAt', 'id'] },
    { properties: ['item', 'status'] },
  ],
  // The database guarantees that an item has one borrower at a time, even if a check is missing.
  uniques: [
    {
      name: 'loans_item_held_unique',
      expression:
        "create unique index loans_item_held_unique on loans (item_id) where status in ('ON_LOAN', 'RETURN_CLAIMED', 'DISPUTED')",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    item: () => p.manyToOne(ItemEntity).ref().index(false),
    neighborhood: () => p.manyToOne(NeighborhoodEntity).ref().index(false),
    borrower: () => p.manyToOne(UserEntity).ref().index(false),
    owner: () => p.manyToOne(UserEntity).ref().index(false),
    /** First day, as `2026-05-01`, in the neighborhood's time zone. */
    startDate: p.string().length(10),
    /** Last day, inclusive, likewise. */
    dueDate: p.string().length(10),
    status: p.string().$type<LoanStatus>(),
    note: p.text(),
    reason: p.text().nullable(),
    /** Text of the agreement that settled a dispute. */
    agreement: p.text().nullable(),
    /** When the owner last approved it; stays when the loan is cancelled, expires, or the approval is undone. */
    approvedAt: p.datetime(3).nullable(),
    handedOverAt: p.datetime(3).nullable(),
    returnedAt: p.datetime(3).nullable(),
    /** Day of `returnedAt`, in the neighborhood's time zone: the item rests after it. */
    returnedOn: p.string().length(10).nullable(),
    /** When the owner last asked for an overdue item. */
    remindedAt: p.datetime(3).nullable(),
    /** Last day, in the neighborhood's time zone, on which both sides were notified of the due date. */
    dueNotifiedOn: p.string().length(10).nullable(),
    /** When both sides were notified that the item is not back for the start of this loan. */
    lateNotifiedAt: p.datetime(3).nullable(),
    /** Incremented by every change, so that of two concurrent changes one gets a conflict. */
    version: p.integer().default(1),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p.datetime(3),
  },
});

/** A row of `loans`. */
export type LoanRow = InferEntity<typeof LoanEntity>;

/** The `Loan` of schema.graphql: its users and item are loaded on demand. */
export type Loan = Omit<
  LoanRow,
  'item' | 'neighborhood' | 'borrower' | 'owner'
> & {
  itemId: string;
  neighborhoodId: string;
  borrowerId: string;
  ownerId: string;
};
