import { canBorrow, canChoose, lastLoanDay } from './loanDays';

const lending = { today: '2026-05-01', maxLoanDays: 3, bufferDays: 0 };
const nothing = new Set<string>();
const busy = new Set(['2026-05-10', '2026-05-11']);

test.each([
  ['2026-05-01', '2026-05-01', true, 'today, for a day'],
  ['2026-05-01', '2026-05-03', true, 'as long as it is lent'],
  ['2026-05-01', '2026-05-04', false, 'longer than it is lent'],
  ['2026-04-30', '2026-05-01', false, 'from yesterday'],
  ['2026-05-03', '2026-05-02', false, 'backwards'],
  ['2026-10-28', '2026-10-30', true, 'from the last day that one can ask for'],
  ['2026-10-29', '2026-10-29', false, 'from the day after that'],
  ['2026-05-08', '2026-05-09', true, 'up to the day before somebody has it'],
  ['2026-05-09', '2026-05-10', false, 'into the days of somebody else'],
  ['2026-05-12', '2026-05-12', true, 'from the day after somebody had it'],
])('canBorrow from %s to %s is %s (%s)', (from, to, expected) => {
  expect(canBorrow(from, to, lending, busy)).toBe(expected);
});

test('a bookable loan needs free rest days after its return', () => {
  const careful = { ...lending, bufferDays: 2 };
  expect(canBorrow('2026-05-07', '2026-05-07', careful, busy)).toBe(true);
  expect(canBorrow('2026-05-07', '2026-05-08', careful, busy)).toBe(false);
});

test('a chosen first day limits the possible last days', () => {
  const days = ['2026-05-06', '2026-05-07', '2026-05-09', '2026-05-12'];
  const open = days.filter((day) =>
    canChoose(day, '2026-05-09', lending, busy),
  );
  expect(open).toEqual(['2026-05-07', '2026-05-09']);
});

test('an empty choice allows every day on which a loan can begin', () => {
  expect(canChoose('2026-05-10', null, lending, busy)).toBe(false);
  expect(canChoose('2026-05-10', null, lending, nothing)).toBe(true);
});

test('a loan that begins on the last possible day may have the full length', () => {
  expect(lastLoanDay(lending)).toBe('2026-10-30');
});
