import { eachDay, type Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import { BookedDayEntity } from './bookedDay.entity';

/**
 * Books the days for a loan, both included, except days that it has already.
 * @throws UniqueConstraintViolationException where another loan has booked one of them
 */
export async function bookDays(
  em: EntityManager,
  { id, itemId }: { id: string; itemId: string },
  first: Day,
  last: Day,
): Promise<void> {
  const booked = await em.find(BookedDayEntity, { loan: id });
  const own = new Set(booked.map(({ day }) => day));
  // In order, so that two transactions that book the same days cannot deadlock.
  const missing = eachDay(first, last).filter((day) => !own.has(day));
  if (missing.length > 0)
    await em.insertMany(
      BookedDayEntity,
      missing.map((day) => ({ item: itemId, day, loan: id })),
    );
}

/** Gives back the days of a loan: all, or only those from a day on. */
export async function freeDays(
  em: EntityManager,
  loanId: string,
  from?: Day,
): Promise<void> {
  await em.nativeDelete(BookedDayEntity, {
    loan: loanId,
    ...(from && { day: { $gte: from } }),
  });
}
