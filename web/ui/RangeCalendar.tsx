import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { formatFullDay } from './dates';
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
  /** Tells whether a day is busy. Busy days are marked and announced as such. */
  isBusy?: (day: string) => boolean;
  /** Tells whether a day between `today` and `max` can be chosen now. If omitted, all can. */
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
