import { duration } from './duration';

test.each([
  [1, '1 min'],
  [45, '45 min'],
  [60, '1 h'],
  [80, '1 h 20 min'],
  [1440, '1 day'],
  [2 * 1440 + 61, '2 days 1 h 1 min'],
])('a duration of %i minutes is shown as %s', (minutes, words) => {
  expect(duration(minutes)).toBe(words);
});
