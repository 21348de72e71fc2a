import { languageTags, readCatalog } from '../../codegen.languages';
import {
  cleanCode,
  cleanLine,
  cleanLines,
  cleanPlain,
  hiddenCharacterProblem,
  isFreeName,
  isVisible,
  parseProblem,
  usernameProblem,
} from '../generated/texts';

/** Family of three people, joined by U+200D. */
const FAMILY = '👩‍👩‍👧';
/** A flag of tag characters, which end it invisibly. */
const ENGLAND =
  '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';

describe('texts on one line', () => {
  it.each([
    ['spaces around it', ' \u00A0Ana\u2003\u3000', 'Ana'],
    ['blank letters around it', '\u3164\u2800Ana\uFFA0', 'Ana'],
    ['line breaks around it', '\r\nAna\n', 'Ana'],
    ['line breaks within', 'Ana\r\nMaria\u2028Luz\tCruz', 'Ana Maria Luz Cruz'],
    ['control characters', 'A\0n\u001B\u0007a\u0085\u009F', 'Ana'],
    ['marks around it', '\u200E\u202AAna\u202C\u200F\uFEFF', 'Ana'],
    ['an override', 'Ana\u202Ebbb', 'Anabbb'],
    ['isolates', '\u2068Ana\u2069', 'Ana'],
    ['soft hyphens', 'Rasen\u00ADmäher', 'Rasenmäher'],
    ['zero-width spaces', 'lad\u200Bder\u2060', 'ladder'],
    ['half characters', 'lemon \uD83C', 'lemon'],
    ['a joined emoji', ` ${FAMILY}`, FAMILY],
    ['an emoji with a variant', '❤\uFE0F ', '❤\uFE0F'],
    ['a flag', ENGLAND, ENGLAND],
    ['Persian with a joiner', 'می\u200Cخواهم', 'می\u200Cخواهم'],
    ['Khmer with spaces for line breaks', 'ភាសា\u200Bខ្មែរ', 'ភាសា\u200Bខ្មែរ'],
    ['a mark that begins a text', '\u200FBosch מקדחה', '\u200FBosch מקדחה'],
  ])('a line is cleaned of %s', (_, text, clean) => {
    expect(cleanLine(text)).toBe(clean);
  });
});

describe('texts of several lines', () => {
  it.each([
    [
      'line breaks of all kinds',
      'a\r\nb\rc\u2028d\u0085e\vf',
      'a\nb\nc\nd\ne\nf',
    ],
    ['empty lines around it', '\n\n a\n\n b \n', 'a\n\n b'],
    ['a tab within', 'a\tb', 'a\tb'],
    ['control characters', 'Bake\u001B[2J\0', 'Bake[2J'],
    ['an open embedding', '\u202Ba\nb', '\u202Ba\u202C\nb'],
    ['an open isolate', 'a \u2068b', 'a \u2068b\u2069'],
    [
      'closed isolates',
      '\u2067a \u2068b\u2069\u2069',
      '\u2067a \u2068b\u2069\u2069',
    ],
    [
      'an isolate that closes what is in it',
      '\u2068\u202Aa\u2069',
      '\u2068\u202Aa\u202C\u2069',
    ],
    ['ends without a beginning', 'a\u202Cb\u2069', 'ab'],
    ['an override', 'a\u202Ecba\u202C', 'acba'],
  ])('a text is cleaned of %s', (_, text, clean) => {
    expect(cleanLines(text)).toBe(clean);
  });
});

describe('plain texts', () => {
  it.each([
    ['a phone number', '\u202A+49 170 1234567\u202C', '+49 170 1234567'],
    ['a phone number with a mark', '\u200E+49\u00A0170 ', '+49\u00A0170'],
    ['a username', ' ana\u200D\u200C.b\uFE0F ', 'ana.b'],
    ['an e-mail address', 'ana@exam\u00ADple.org\u200B\n', 'ana@example.org'],
    ['a code', '\uFEFFaB3_-x\u2060', 'aB3_-x'],
  ])('%s is cleaned of everything invisible', (_, text, clean) => {
    expect(cleanPlain(text)).toBe(clean);
  });
});

describe('codes', () => {
  it.each([
    ['aB3_-x', 'aB3_-x'],
    ['aB3_-x.', 'aB3_-x'],
    [' <aB3_-x>, ', 'aB3_-x'],
    ['(aB3_-)!', 'aB3_-'],
    ['„aB3“', 'aB3'],
    ['id-1.aB3).', 'id-1.aB3'],
    ['a b', 'a b'],
    ['.,<>', ''],
    ['', ''],
  ])('%j is the code %j', (text, code) => {
    expect(cleanCode(text)).toBe(code);
  });
});

describe('blank texts', () => {
  it.each([
    ['', false],
    ['\u2800\u2800', false],
    ['\u3164 \u115F\u1160\uFFA0', false],
    ['\u00A0\u1680\u2003\u3000\u200B', false],
    ['\u200D\uFE0F\u034F', false],
    ['\u0301', false],
    ['\uFFFC', false],
    ['\u{E0041}', false],
    ['.', true],
    ['٣', true],
    ['🍋', true],
    ['ा', true],
  ])('%j shows something: %s', (text, visible) => {
    expect(isVisible(text)).toBe(visible);
  });
});

it.each(languageTags())(
  'no one can have a name that is shown in place of a name in %s',
  (tag) => {
    const web = readCatalog(tag, 'web');
    const tagged = ['reports.aboutHidden', 'reports.reportedByNeighbor'].map(
      (id) => /<(\w+)>(.*)<\/\1>/.exec(web.get(id) ?? '')?.[2],
    );
    const api = readCatalog(tag, 'api');
    const standIns = [
      api.get('users.formerNeighbor'),
      api.get('mail.someone'),
      ...tagged,
    ];

    expect(standIns.map((name) => name && isFreeName(name))).toEqual(
      standIns.map(() => false),
    );
  },
);

describe('passwords', () => {
  it.each([
    ['quiet\u0007street', 6, 'U+0007'],
    ['🍋 street\u202E', 9, 'U+202E'],
    ['quiet\nstreet', 6, 'U+000A'],
    ['quiet\uD800', 6, 'U+D800'],
    ['quiet\u200B', 6, 'U+200B'],
    ['\u3164quiet', 1, 'U+3164'],
  ])(
    'the password %j is refused by naming character %d, %s',
    (text, position, name) => {
      expect(parseProblem(hiddenCharacterProblem(text) ?? '')).toEqual({
        id: 'validation.hiddenCharacter',
        values: { position, name },
      });
    },
  );

  it.each([
    'a quiet street',
    ` ${FAMILY}❤\uFE0F `,
    'می\u200Cخواهم',
    'שלום\u200F!',
  ])('the password %j has no hidden character', (text) => {
    expect(hiddenCharacterProblem(text)).toBeNull();
  });
});

it.each([
  ['spaces', ' '],
  ['spaces within', 'x '],
  ['combining marks', '\u0315\u0316'],
  ['open isolates', '\u2068'],
  ['alternating embeddings', '\u202A\u202C\u2069'],
  ['zero-width spaces', '\u200B'],
  ['line breaks', '\r\r\n'],
  ['halves of characters', '\uD83C'],
])(
  'a text of a million characters of %s is cleaned in linear time',
  (_, unit) => {
    const text = `x${unit.repeat(1_000_000 / unit.length)}x`;
    const before = process.cpuUsage();

    cleanLine(text);
    cleanLines(text);
    cleanPlain(text);
    cleanCode(text);
    usernameProblem(text);
    isFreeName(text);
    isVisible(text);
    hiddenCharacterProblem(text);

    // Quadratic time would take minutes.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(10);
  },
);
