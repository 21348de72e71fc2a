import { isOverdue } from './overdue';

describe('overdue loans', () => {
  it.each([
    // The day ends at midnight in the time zone, not in UTC.
    ['Pacific/Kiritimati', '2026-05-10T09:59:59Z', '2026-05-10T10:00:00Z'],
    ['Europe/Berlin', '2026-05-10T21:59:59Z', '2026-05-10T22:00:00Z'],
    ['Pacific/Honolulu', '2026-05-11T09:59:59Z', '2026-05-11T10:00:00Z'],
  ])(
    'an item that is due on May 10 in %s is overdue from midnight there',
    (zone, last, first) => {
      const loan = { status: 'ON_LOAN', dueDate: '2026-05-10' } as const;

      expect(isOverdue(loan, zone, new Date(last))).toBe(false);
      expect(isOverdue(loan, zone, new Date(first))).toBe(true);
    },
  );
});
