import { messages } from '../generated/languages/rest.de';
import { speak } from '../languages/texts';
import {
  addDays,
  countDays,
  daysBetween,
  daysFrom,
  formatDay,
  formatFullDay,
  formatRange,
  isDay,
  relativeDay,
  rangesOf,
} from './dates';

test.each([
  ['2026-05-01', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-5-1', false],
  ['tomorrow', false],
  [null, false],
])('isDay for %s is %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test.each([
  ['2026-05-01', '2026-05-01', 0],
  ['2026-05-01', '2026-05-04', 3],
  ['2026-05-01', '2026-04-30', -1],
  ['2026-12-31', '2027-01-01', 1],
  // The clocks change in between, in Berlin and in New York.
  ['2026-03-01', '2026-04-01', 31],
  ['2026-10-20', '2026-11-05', 16],
])('the distance from %s to %s is %i days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
  expect(addDays(from, days)).toBe(to);
});

test('a range of days includes both ends', () => {
  expect(daysFrom('2026-02-27', '2026-03-01')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
  expect(daysFrom('2026-03-02', '2026-03-01')).toEqual([]);
});

test('a day is shown with its weekday, and with its year if it is not the current one', () => {
  expect(formatDay('2026-05-01')).toBe('Fri, May 1');
  expect(formatDay('2026-05-01', '2026-04-01')).toBe('Fri, May 1');
  expect(formatDay('2027-01-02', '2026-12-30')).toBe('Jan 2, 2027');
  expect(formatFullDay('2026-05-01')).toBe('Friday, May 1, 2026');
});

test('a day close to today is shown by name', () => {
  expect(relativeDay('2026-05-01', '2026-05-01')).toBe('today');
  expect(relativeDay('2026-05-02', '2026-05-01')).toBe('tomorrow');
  expect(relativeDay('2026-04-30', '2026-05-01')).toBe('yesterday');
  expect(relativeDay('2026-05-03', '2026-05-01')).toBe('Sun, May 3');
});

test('consecutive days are shown in the shortest form', () => {
  expect(formatRange('2026-05-01', '2026-05-01')).toBe('May 1');
  expect(formatRange('2026-05-01', '2026-05-04')).toBe('May 1 – 4');
  expect(formatRange('2026-04-29', '2026-05-02')).toBe('Apr 29 – May 2');
  expect(formatRange('2026-12-30', '2027-01-02', '2026-12-01')).toBe(
    'Dec 30, 2026 – Jan 2, 2027',
  );
});

test('a range of one day is shown as one day', () => {
  expect(countDays(1)).toBe('1 day');
  expect(countDays(14)).toBe('14 days');
});

test('sorted days without a gap are merged into ranges', () => {
  const days = ['2026-04-30', '2026-05-01', '2026-05-03'];
  expect(rangesOf(days)).toEqual([
    { from: '2026-04-30', to: '2026-05-01' },
    { from: '2026-05-03', to: '2026-05-03' },
  ]);
  expect(rangesOf([])).toEqual([]);
});

test('days are in the language in use, in Arabic with the digits that people type', () => {
  speak('de', messages);
  expect(formatDay('2026-05-01')).toBe('Fr., 1. Mai');
  expect(formatDay('2027-01-02', '2026-12-30')).toBe('2. Jan. 2027');
  expect(relativeDay('2026-05-02', '2026-05-01')).toBe('morgen');
  expect(countDays(3)).toBe('3 Tage');
  speak('ar', messages);
  expect(formatDay('2026-05-01')).toBe('الجمعة، 1 مايو');
  expect(countDays(2)).toBe('يومان');
  speak('pt-BR', messages);
  expect(formatRange('2026-05-01', '2026-05-04')).toBe('1 – 4 de mai.');
});
