import { lastLoanDay, obstacleOn } from './loanDays';

const lending = { today: '2026-05-01', maxLoanDays: 3 };
const days = {
  busy: new Set(['2026-05-10', '2026-05-11', '2026-05-12']),
  resting: new Set(['2026-05-12']),
};
const reason = (day: string, chosen: string | null = null) =>
  obstacleOn(day, chosen, lending, days)?.reason ?? null;

test.each([
  ['2026-05-01', '2026-05-01', null],
  ['2026-05-01', '2026-05-03', null],
  ['2026-05-01', '2026-05-04', 'more than 3 days'],
  ['2026-05-01', '2026-04-30', 'past'],
  ['2026-05-03', '2026-05-02', null],
  ['2026-10-28', '2026-10-30', null],
  ['2026-10-29', '2026-10-29', 'too far ahead'],
  ['2026-05-08', '2026-05-09', null],
  ['2026-05-09', '2026-05-10', 'busy'],
  ['2026-05-11', '2026-05-12', 'resting'],
  ['2026-05-13', '2026-05-13', null],
])('with %s chosen, %s has the obstacle: %s', (chosen, day, expected) => {
  expect(reason(day, chosen)).toBe(expected);
});

test('a loan cannot span days on which the item is not free', () => {
  const lending = { today: '2026-05-01', maxLoanDays: 9 };
  expect(obstacleOn('2026-05-13', '2026-05-09', lending, days)).toEqual({
    reason: 'not free in between',
  });
});

test('before an end is chosen, every free day can be chosen, and others are marked', () => {
  expect(reason('2026-05-09')).toBeNull();
  expect(obstacleOn('2026-05-10', null, lending, days)?.mark).toBe('busy');
  expect(obstacleOn('2026-05-12', null, lending, days)?.mark).toBe('rest');
});

test('a loan that begins on the last possible day may have the full length', () => {
  expect(lastLoanDay(lending)).toBe('2026-10-30');
});
