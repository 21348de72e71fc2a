import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { addDays, formatFullDay } from './dates';
import './calendar.css';

/** Props of a calendar for consecutive days: the first is chosen, then the last. */
export type RangeCalendarProps = {
  /** The chosen first day; null if there is none. */
  from: string | null;
  /** The chosen last day; null also while only the first day is chosen. */
  to: string | null;
  onChange: (from: string | null, to: string | null) => void;
  /** Current day in the neighborhood, which is the first that can be chosen. */
  today: string;
  /** The last day that can be chosen. */
  max: string;
  /** Returns why a day from `today` to `max` cannot be chosen now; null if it can. If omitted, all can. */
  obstacleOn?: (day: string) => DayObstacle | null;
};

/** Why a day cannot be chosen, as its name announces it, and the mark that the legend explains. */
export type DayObstacle = { reason: string; mark?: 'busy' | 'rest' };

/** With fewer days left in the month than this, the next month is shown too. */
const MIN_DAYS_SHOWN = 10;

/**
 * The calendar itself. Pages take it from `DayRange`, which fetches it when it is
 * needed: it is larger than most pages.
 */
export function RangeCalendar({
  from,
  to,
  onChange,
  today,
  max,
  obstacleOn = () => null,
}: RangeCalendarProps) {
  const nameOf = (day: string) =>
    [
      formatFullDay(day),
      day === today && 'today',
      day >= today && day <= max && obstacleOn(day)?.reason,
      day === from && 'first day',
      day === to && 'last day',
    ]
      .filter(Boolean)
      .join(', ');

  const isMonthEnd =
    addDays(today, MIN_DAYS_SHOWN).slice(0, 7) !== today.slice(0, 7);
  return (
    <DatePicker
      numberOfColumns={isMonthEnd ? 2 : 1}
      columnsToScroll={1}
      type="range"
      allowSingleDateInRange
      value={[from, to]}
      onChange={([first, last]) => onChange(first, last)}
      defaultDate={from ?? today}
      minDate={today}
      maxDate={max}
      excludeDate={(day) => obstacleOn(day) !== null}
      getDayAriaLabel={nameOf}
      getDayProps={(day) => ({
        'data-mark': obstacleOn(day)?.mark,
        'data-past': day < today || undefined,
        // Mantine would highlight the current day of the browser.
        'data-highlight-today': day === today || undefined,
      })}
      ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
      maxLevel="month"
      size="md"
      fullWidth
      hideOutsideDates
      className="range-calendar"
    />
  );
}
