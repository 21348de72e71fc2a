import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { ItemStatus } from '../items/item.entity';
import { LoanEntity, type LoanStatus } from './loan.entity';

/**
 * A loan as it was before the last step, for undoing it. A step may have changed other loans of the item
 * as well, which have a row of their own. It is void once the loan has another version.
 */
export const UndoStepEntity = defineEntity({
  name: 'UndoStep',
  tableName: 'undo_steps',
  indexes: [{ properties: ['stepLoan'] }, { properties: ['createdAt'] }],
  properties: {
    loan: () =>
      p
        .manyToOne(LoanEntity)
        .ref()
        .primary()
        .deleteRule('cascade')
        .index(false),
    /** The loan on which the step was taken. */
    stepLoan: () => p.manyToOne(LoanEntity).ref().deleteRule('cascade'),
    actorId: p.uuid(),
    /** Version of the loan after the step. */
    version: p.integer(),
    status: p.string().$type<LoanStatus>(),
    dueDate: p.string().length(10),
    /** The extension request that was open. */
    extensionId: p.uuid().nullable(),
    /** Status of the item, where the step retired it. */
    itemStatus: p.string().$type<ItemStatus>().nullable(),
    /** The booked days, from the first to the last. */
    firstDay: p.string().length(10).nullable(),
    lastDay: p.string().length(10).nullable(),
    /** Days that must still be free for this loan, where the step gave them back. */
    freeFrom: p.string().length(10).nullable(),
    freeTo: p.string().length(10).nullable(),
    createdAt: p.datetime(3),
  },
});

/** A row of `undo_steps`. */
export type UndoStepRow = InferEntity<typeof UndoStepEntity>;
