import type { Day } from '../calendar';
import type { Reads } from './reads';
import { sql, type Sql } from './sql';

/**
 * A day that is a number of days later, as text.
 * @param shift a signed number of days, as `- i.buffer_days`
 */
export const shiftedDay = (
  dialect: Reads['dialect'],
  day: Day,
  shift: Sql,
): Sql =>
  dialect === 'sqlite'
    ? sql`date(${day}, (0 ${shift}) || ' days')`
    : sql`to_char(cast(${day} as date) ${shift}, 'YYYY-MM-DD')`;
