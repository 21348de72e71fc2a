import { timeAgo } from './TimeAgo';

const now = new Date('2026-06-15T12:00:00Z');

test.each([
  ['2026-06-15T12:00:05Z', 'just now'],
  ['2026-06-15T11:59:30Z', 'just now'],
  ['2026-06-15T11:59:00Z', '1 minute ago'],
  ['2026-06-15T09:30:00Z', '2 hours ago'],
  ['2026-06-14T11:00:00Z', 'yesterday'],
  ['2026-05-30T12:00:00Z', '2 weeks ago'],
  ['2026-04-01T12:00:00Z', '2 months ago'],
  ['2025-05-01T12:00:00Z', 'last year'],
])('the moment %s is shown as %s', (moment, words) => {
  expect(timeAgo(new Date(moment), now)).toBe(words);
});
