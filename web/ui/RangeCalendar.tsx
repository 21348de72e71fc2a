import { DatePicker, DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
// Names of months and days; those in English come with the package.
import 'dayjs/locale/ar';
import 'dayjs/locale/de';
import 'dayjs/locale/es';
import 'dayjs/locale/fr';
import 'dayjs/locale/pt-br';
import 'dayjs/locale/tr';
import { formatOf } from '../languages/formats';
import type { Language } from '../languages/language';
import { languageInUse, t } from '../languages/texts';
import { addDays, formatFullDay, relativeDay } from './dates';
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

const MONDAY = 1;

/** Names of languages in dayjs, and the days that a week begins with. */
const WEEKS = {
  en: { locale: 'en', firstDayOfWeek: MONDAY },
  de: { locale: 'de', firstDayOfWeek: MONDAY },
  fr: { locale: 'fr', firstDayOfWeek: MONDAY },
  es: { locale: 'es', firstDayOfWeek: MONDAY },
  'pt-BR': { locale: 'pt-br', firstDayOfWeek: 0 },
  tr: { locale: 'tr', firstDayOfWeek: MONDAY },
  ar: { locale: 'ar', firstDayOfWeek: 6 },
  'en-XA': { locale: 'en', firstDayOfWeek: MONDAY },
} as const satisfies Record<Language, object>;

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
    listDetails([
      formatFullDay(day),
      day === today ? relativeDay(day, today) : null,
      day >= today && day <= max ? obstacleOn(day)?.reason : null,
      day === from ? t('ui.firstDay') : null,
      day === to ? t('ui.lastDay') : null,
    ]);

  const isMonthEnd =
    addDays(today, MIN_DAYS_SHOWN).slice(0, 7) !== today.slice(0, 7);
  return (
    <DatesProvider settings={WEEKS[languageInUse()]}>
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
        ariaLabels={{
          previousMonth: t('ui.previousMonth'),
          nextMonth: t('ui.nextMonth'),
        }}
        maxLevel="month"
        size="md"
        fullWidth
        hideOutsideDates
        className="range-calendar"
      />
    </DatesProvider>
  );
}

/** Lists what is known of a day: "Friday, May 1, 2026, today". */
const listDetails = (details: readonly (string | null | undefined)[]) =>
  formatOf(
    'details',
    (tag) => new Intl.ListFormat(tag, { type: 'unit', style: 'short' }),
  ).format(details.filter((detail) => detail != null));
