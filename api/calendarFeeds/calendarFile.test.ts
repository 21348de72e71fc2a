import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../config';
import { parseCalendar } from '../testing/calendar';
import { calendarFile } from './calendarFile';
import { eventsAhead, eventsOf, type CalendarLoan } from './loanEvents';

const URL = 'https://neighbors.example';

/** Creates a loan of a drill that its borrower sees. */
const aLoan = (changes: Partial<CalendarLoan> = {}): CalendarLoan => ({
  id: '0193b2a0-0000-7000-8000-000000000001',
  status: 'APPROVED',
  version: 2,
  startDate: '2026-05-01',
  dueDate: '2026-05-03',
  returnedOn: null,
  updatedAt: new Date('2026-04-20T10:00:00Z'),
  isBorrower: true,
  title: 'Drill',
  itemUpdatedAt: new Date('2026-03-01T10:00:00Z'),
  neighborhoodName: 'Elm Street',
  otherName: 'Ana',
  language: 'EN',
  ...changes,
});

const write = (...loans: CalendarLoan[]) =>
  calendarFile(loans.flatMap(eventsOf), URL, { isFeed: true });

const eventsIn = (...loans: CalendarLoan[]) =>
  parseCalendar(write(...loans)).events;

describe('a calendar file', () => {
  it('a loan is a whole-day event on its first day and one on its last', () => {
    const loan = aLoan();

    const { events, parts } = parseCalendar(write(loan));

    expect(parts).toEqual(['vevent', 'vevent']);
    const same = {
      isWholeDay: true,
      sequence: 2,
      lastModified: '2026-04-20T10:00:00Z',
      stamp: '2026-04-20T10:00:00Z',
      status: 'CONFIRMED',
      url: `${URL}/loans/${loan.id}`,
      description: `NeighborShare, Elm Street\n${URL}/loans/${loan.id}`,
      transparency: 'TRANSPARENT',
    };
    expect(events).toEqual([
      {
        ...same,
        uid: `${loan.id}-pick-up`,
        summary: 'Pick up Drill from Ana',
        start: '2026-05-01',
        end: '2026-05-02',
      },
      {
        ...same,
        uid: `${loan.id}-return`,
        summary: 'Return Drill to Ana',
        start: '2026-05-03',
        end: '2026-05-04',
      },
    ]);
  });

  it('owners read what they have to do, as events of their own', () => {
    const events = eventsIn(aLoan({ isBorrower: false, otherName: 'Ben' }));

    expect(events.map(({ uid, summary }) => [uid.slice(37), summary])).toEqual([
      ['hand-over', 'Hand over Drill to Ben'],
      ['get-back', 'Get Drill back from Ben'],
    ]);
  });

  it.each([
    ['APPROVED', 'CONFIRMED', 'CONFIRMED'],
    ['ON_LOAN', 'CONFIRMED', 'CONFIRMED'],
    ['RETURN_CLAIMED', 'CONFIRMED', 'CONFIRMED'],
    ['DISPUTED', 'CONFIRMED', 'CONFIRMED'],
    ['RETURNED', 'CONFIRMED', 'CONFIRMED'],
    ['DAMAGED', 'CONFIRMED', 'CONFIRMED'],
    ['LOST', 'CONFIRMED', 'CANCELLED'],
    ['REQUESTED', 'CANCELLED', 'CANCELLED'],
    ['DECLINED', 'CANCELLED', 'CANCELLED'],
    ['CANCELLED', 'CANCELLED', 'CANCELLED'],
    ['EXPIRED', 'CANCELLED', 'CANCELLED'],
  ] as const)(
    'a loan that was approved and is now %s has a pick-up %s and a return %s',
    (status, pickUp, giveBack) => {
      expect(eventsIn(aLoan({ status })).map((event) => event.status)).toEqual([
        pickUp,
        giveBack,
      ]);
    },
  );

  it('the return of an item that is back is on the day on which it came back', () => {
    const [, back] = eventsIn(
      aLoan({ status: 'RETURNED', returnedOn: '2026-05-02' }),
    );

    expect([back?.start, back?.end]).toEqual(['2026-05-02', '2026-05-03']);
  });

  it('the change of a title is a modification, and that of a loan a new sequence number too', () => {
    const renamed = eventsIn(
      aLoan({ itemUpdatedAt: new Date('2026-04-25T08:00:00Z') }),
    );
    const changed = eventsIn(
      aLoan({ version: 3, updatedAt: new Date('2026-04-26T08:00:00Z') }),
    );

    for (const { sequence, lastModified } of renamed)
      expect([sequence, lastModified]).toEqual([2, '2026-04-25T08:00:00Z']);
    for (const { sequence, lastModified } of changed)
      expect([sequence, lastModified]).toEqual([3, '2026-04-26T08:00:00Z']);
  });

  it.each([
    'BEGIN:VEVENT\r\nSUMMARY:Fake\r\nEND:VEVENT',
    'Drill\nEND:VCALENDAR\nBEGIN:VCALENDAR',
    'Drill\u2028END:VEVENT\u0000\u000b',
    'Saw, drill; and \\, "bits": one\\n two',
    '👩‍👩‍👧‍👦🛠️'.repeat(12),
    'Größe 😀 é'.repeat(20),
    '中文字'.repeat(40),
    'x'.repeat(400),
    'מקדחה גדולה',
    'Drill \u202Eevil\u202C \u2066and\u2069',
    ';VALUE=DATE:20200101',
    ' ',
  ])('a title or name cannot break out of its line: %j', (text) => {
    const file = write(
      aLoan({ title: text, otherName: text, neighborhoodName: text }),
      aLoan({ id: '0193b2a0-0000-7000-8000-000000000002' }),
    );

    const { events, parts } = parseCalendar(file);
    expect(parts).toEqual(['vevent', 'vevent', 'vevent', 'vevent']);
    const [first, , next] = events;
    expect(next?.summary).toBe('Pick up Drill from Ana');
    const plain = (value = '') =>
      value.replace(/[\u2066-\u2069\u202A-\u202E]/g, '');
    const words = plain(text.replace(/[\p{Cc}\u2028]+/gu, ' ').trim());
    expect(plain(first?.summary)).toBe(`Pick up ${words} from ${words}`);
    for (const line of file.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\p{Cc}\u2028\uFFFD]/u);
      // No line ends within a character.
      expect(Buffer.from(line).toString()).toBe(line);
    }
  });

  it('an empty calendar is valid, and says how often to read it again', () => {
    const { events, property, name } = parseCalendar(write());

    expect(events).toEqual([]);
    expect([
      name,
      property('version'),
      property('method'),
      property('refresh-interval'),
      property('x-published-ttl'),
    ]).toEqual(['NeighborShare', '2.0', 'PUBLISH', 'PT1H', 'PT1H']);
  });

  it('the file of a loan is no calendar of its own, and has only what is ahead', () => {
    const summaries = (status: CalendarLoan['status']) => {
      const file = calendarFile(eventsAhead(aLoan({ status })), URL, {
        isFeed: false,
      });
      expect(file).not.toMatch(/X-WR-CALNAME|TTL|REFRESH/);
      return parseCalendar(file).events.map(({ summary }) => summary);
    };

    expect(summaries('APPROVED')).toHaveLength(2);
    expect(summaries('ON_LOAN')).toEqual(['Return Drill to Ana']);
  });

  it.each(['Pacific/Kiritimati', 'America/New_York', 'Europe/Berlin'])(
    'days are the same whatever the time zone of the server: %s',
    async (TZ) => {
      // Days on which clocks change in one of these zones, and their neighbors.
      const days = ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01'];
      const script = `
        const { eventsOf } = require('./api/calendarFeeds/loanEvents');
        const { calendarFile } = require('./api/calendarFeeds/calendarFile');
        const loans = JSON.parse(process.argv[1]).map((loan) => ({
          ...loan, updatedAt: new Date(loan.updatedAt), itemUpdatedAt: new Date(loan.itemUpdatedAt),
        }));
        process.stdout.write(calendarFile(loans.flatMap(eventsOf), '', { isFeed: true }));`;
      const loans = days.map((day) => aLoan({ startDate: day, dueDate: day }));

      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['-r', 'esbuild-register', '-e', script, JSON.stringify(loans)],
        { cwd: PROJECT_ROOT, env: { ...process.env, TZ } },
      );

      const { events } = parseCalendar(stdout);
      expect(events.map(({ start, end }) => [start, end])).toEqual(
        [
          ['2026-03-08', '2026-03-09'],
          ['2026-03-29', '2026-03-30'],
          ['2026-10-25', '2026-10-26'],
          ['2026-11-01', '2026-11-02'],
        ].flatMap((pair) => [pair, pair]),
      );
      expect(events[0]?.lastModified).toBe('2026-04-20T10:00:00Z');
    },
  );
});
