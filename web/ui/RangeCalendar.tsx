import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { formatFullDay } from './dates';
import './calendar.css';

/** A calendar in which days in a row are chosen: the first, then the last. */
export type RangeCalendarProps = {
  /** The first day chosen; null as long as there is none. */
  from: string | null;
  /** The last day chosen; null also while only the first is. */
  to: string | null;
  onChange: (from: string | null, to: string | null) => void;
  /** Which day it is in the neighborhood: the first that can be chosen. */
  today: string;
  /** The last day that can be chosen. */
  max: string;
  /** Days that are taken: they are marked, and said to be busy. */
  isBusy?: (day: string) => boolean;
  /** Whether a day between `today` and `max` can be chosen now; all, where it is left out. */
  canChoose?: (day: string) => boolean;
};

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
  isBusy = () => false,
  canChoose = () => true,
}: RangeCalendarProps) {
  const nameOf = (day: string) =>
    [
      formatFullDay(day),
      day === today && 'today',
      isBusy(day) && 'busy',
      day === from && 'first day',
      day === to && 'last day',
    ]
      .filter(Boolean)
      .join(', ');

  return (
    <DatePicker
      type="range"
      allowSingleDateInRange
      value={[from, to]}
      onChange={([first, last]) => onChange(first, last)}
      defaultDate={from ?? today}
      minDate={today}
      maxDate={max}
      excludeDate={(day) => !canChoose(day)}
      getDayAriaLabel={nameOf}
      getDayProps={(day) => ({
        'data-busy': isBusy(day) || undefined,
        // Mantine's own would be the browser's today.
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
