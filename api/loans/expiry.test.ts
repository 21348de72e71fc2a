import { isExpired, type ExpiryFacts } from './expiry';

const NOW = new Date('2026-05-10T12:00:00Z');

/** A promise from the day before yesterday on, of an item that no other borrower has. */
const PROMISE: ExpiryFacts = {
  status: 'APPROVED',
  startDate: '2026-05-08',
  dueDate: '2026-05-14',
  createdAt: new Date('2026-05-01T06:00:00Z'),
  timeZone: 'Europe/Berlin',
  heldUntil: null,
  lastReturn: null,
};

describe('expiry of loans', () => {
  it.each<[string, Partial<ExpiryFacts>, boolean]>([
    ['on its last day', { dueDate: '2026-05-10' }, false],
    ['after its last day', { dueDate: '2026-05-09' }, true],
    ['three days after its start', { startDate: '2026-05-07' }, true],
    [
      'while another borrower has the item',
      { startDate: '2026-05-01', heldUntil: '2026-04-30' },
      false,
    ],
    [
      'after its last day while another borrower has the item',
      {
        startDate: '2026-05-01',
        dueDate: '2026-05-02',
        heldUntil: '2026-04-30',
      },
      false,
    ],
    [
      'two days after a late return',
      { startDate: '2026-05-01', lastReturn: '2026-05-08' },
      false,
    ],
    [
      'three days after a late return',
      { startDate: '2026-05-01', lastReturn: '2026-05-07' },
      true,
    ],
    [
      'when no day was left at the return',
      {
        startDate: '2026-05-01',
        dueDate: '2026-05-03',
        lastReturn: '2026-05-04',
      },
      false,
    ],
  ])('a promise has expired %s: %j', (_, change, expected) => {
    expect(isExpired({ ...PROMISE, ...change }, NOW)).toBe(expected);
  });

  it.each([
    // The day ends at midnight in the time zone, not in UTC.
    ['Pacific/Kiritimati', '2026-05-10T09:59:59Z', '2026-05-10T10:00:00Z'],
    ['Europe/Berlin', '2026-05-10T21:59:59Z', '2026-05-10T22:00:00Z'],
    ['Pacific/Honolulu', '2026-05-11T09:59:59Z', '2026-05-11T10:00:00Z'],
  ])(
    'a request for May 10, and a promise until then, expire in %s at midnight there',
    (timeZone, last, first) => {
      const days = { startDate: '2026-05-10', dueDate: '2026-05-10', timeZone };
      const createdAt = new Date(last);
      for (const status of ['REQUESTED', 'APPROVED'] as const) {
        const loan = { ...PROMISE, ...days, createdAt, status };
        expect(isExpired(loan, new Date(last))).toBe(false);
        expect(isExpired(loan, new Date(first))).toBe(true);
      }
    },
  );
});
