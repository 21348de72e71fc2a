import { defineEntity, p } from '@mikro-orm/core';
import { ItemEntity } from '../items/item.entity';
import { LoanEntity } from './loan.entity';

/**
 * A day on which an item is promised to a borrower, or was lent. Its primary key makes double booking
 * impossible. Buffer days are not booked: they follow from the booked days and the item's setting.
 */
export const BookedDayEntity = defineEntity({
  name: 'BookedDay',
  tableName: 'booked_days',
  properties: {
    item: () => p.manyToOne(ItemEntity).ref().primary().index(false),
    /** As `2026-05-01`, in the neighborhood's time zone. */
    day: p.string().length(10).primary(),
    loan: () => p.manyToOne(LoanEntity).ref().index(),
  },
});
