import { addDays, type Day } from '../calendar';
import { digest, fraction, integer, pick } from './random';
import { startOfDay, type Place } from './place';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** First entry whose pattern a field's name matches. */
const byName = <Value>(
  name: string,
  entries: readonly (readonly [RegExp, Value])[],
): Value | undefined => entries.find(([pattern]) => pattern.test(name))?.[1];

/** Ranges of whole numbers by the names of fields. */
const RANGES: readonly (readonly [RegExp, readonly [number, number]])[] = [
  [/minutes/i, [5, 90]],
  [/hours/i, [1, 12]],
  [/days/i, [1, 14]],
  [/seconds/i, [30, 3600]],
  [/year/i, [2015, 2026]],
  [/percent/i, [0, 100]],
  [/rating|stars|score/i, [1, 5]],
  [/width|height/i, [400, 1600]],
  [/price|amount|cents|cost/i, [3, 60]],
  [/count|total|number/i, [0, 24]],
];

const SENTENCES = [
  'Ring twice, the bell is shy.',
  'Works well, and has a few scratches.',
  'I am at home most evenings after six.',
  'Please bring it back clean.',
  'We used it last summer and were happy with it.',
  'Ask me if anything is missing.',
];

/** Texts by the names of fields. */
const TEXTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/e-?mail/i, ['ana@example.org', 'ben@example.org', 'chiara@example.org']],
  [/phone/i, ['+49 30 901820', '+49 30 901821', '+49 30 901822']],
  [
    /address|place|location/i,
    ['12 Sparrow Lane', '3 Harbor Steps', '27 Elm Street'],
  ],
  [/time_?zone/i, ['Europe/Berlin', 'Europe/Lisbon', 'America/New_York']],
  [/language|locale/i, ['en', 'de', 'pt']],
  [/currency/i, ['EUR']],
  [/colou?r/i, ['#2f9e44', '#1971c2', '#e8590c']],
  [/username/i, ['ana', 'ben', 'chiara', 'dilek', 'emil']],
  [
    /title|label|subject|heading/i,
    [
      'Yard sale on Sunday',
      'Who has a long ladder?',
      'Soup for everyone',
      'Bicycle workshop',
      'Plants to give away',
    ],
  ],
  [
    /name/i,
    [
      'Ana Torres',
      'Ben Keller',
      'Chiara Moretti',
      'Dilek Arslan',
      'Emil Novak',
    ],
  ],
  [
    /motto|slogan/i,
    ['Share more', 'Borrow before you buy', 'Many hands, light work'],
  ],
];

/**
 * Makes up a value of a scalar by the name of its field.
 * @param type name of the scalar
 * @param place the place, with the position in a list
 * @param today counted in UTC
 */
export function leafValue(
  type: string,
  text: string,
  { field: { name }, parent }: Place,
  today: Day,
): unknown {
  switch (type) {
    case 'Boolean':
      return fraction(text) < 0.5;
    case 'Int':
      return integer(text, ...(byName(name, RANGES) ?? [1, 10]));
    case 'Float': {
      const [min, max] = byName(name, RANGES) ?? [1, 10];
      return integer(text, min * 10, max * 10) / 10;
    }
    case 'Date':
      return dayOf(name, text, today);
    case 'DateTime':
      return timeOf(name, text, parent.createdAt);
    case 'ID':
      return uuid(text);
    default:
      return textOf(name, text, parent.index);
  }
}

/** Makes up a UUID (version 8). */
function uuid(text: string): string {
  const drawn = digest(text);
  return `${drawn.slice(0, 8)}-${drawn.slice(8, 12)}-8${drawn.slice(12, 15)}-8${drawn.slice(15, 18)}-${drawn.slice(18, 30)}`;
}

function dayOf(name: string, text: string, today: Day): Day {
  if (/start|from|begin|since/i.test(name))
    return addDays(today, integer(text, 0, 3));
  if (/end|due|until|last|expire|to$/i.test(name))
    return addDays(today, integer(text, 4, 10));
  return addDays(today, integer(text, -7, 7));
}

/** Times in the name of which something ends are to come. All others lie between the creation and today. */
function timeOf(name: string, text: string, createdAt: Date): Date {
  const today = startOfDay().getTime();
  const minutes = (ms: number) =>
    new Date(Math.floor(ms / MINUTE_MS) * MINUTE_MS);
  if (/expire|until|ends|due|next|deadline/i.test(name))
    return minutes(today + (1 + fraction(text) * 20) * DAY_MS);
  if (/^created/i.test(name)) return createdAt;
  const since = Math.max(0, today - createdAt.getTime());
  return minutes(createdAt.getTime() + since * fraction(text));
}

function textOf(name: string, text: string, index: number): string {
  if (/(url|link|href)$/i.test(name))
    return `https://example.org/${digest(text).slice(0, 8)}`;
  if (/code|token|hash/i.test(name)) return digest(text).slice(0, 12);
  const texts = byName(name, TEXTS);
  return texts ? String(texts[index % texts.length]) : pick(text, SENTENCES);
}
