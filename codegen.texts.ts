/*
 * How texts of people are cleaned and checked, in the API and in its forms: codegen.ts copies this file
 * into both, and the generated validators call it. Every function takes linear time.
 */

/**
 * Message of a broken rule: its id in languages/, with its arguments as in the query of a URL, such as
 * `validation.charactersAtMost?count=80`. Validators can say no more than a text.
 */
export type ProblemId = `validation.${string}`;

/**
 * Splits the message of a validator.
 * @returns the id, and the arguments: digits alone are a number
 */
export function parseProblem(message: string): {
  id: string;
  values: Record<string, string | number>;
} {
  const [id = '', query] = message.split('?', 2);
  const values = Object.fromEntries(
    [...new URLSearchParams(query)].map(([name, value]) => [
      name,
      /^\d+$/.test(value) ? Number(value) : value,
    ]),
  );
  return { id, values };
}

/** Control characters, halves of characters, and format characters without a meaning in a text. */
const MEANINGLESS =
  /(?![\t\n])\p{Cc}|\p{Cs}|[\u00AD\u180E\u2060-\u2064\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0001}]/gu;

/** Zero-width spaces, which only languages without spaces need: they break lines there. */
const NEEDLESS_ZERO_WIDTH_SPACES =
  /(?<![\p{scx=Khmr}\p{scx=Laoo}\p{scx=Mymr}\p{scx=Thai}])\u200B/gu;

/** Characters that begin or end an embedded direction of reading. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/g;

const LINE_BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Characters without a picture, and those whose picture is blank. */
const BLANK =
  /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Mn}\p{Me}\u2800\uFFFC\u{1D159}\u{13441}\u{13442}]/gu;

/** Blank characters that mean nothing at either end of a text; an emoji may end with others. */
const SURROUNDING =
  /[\s\u00AD\u115F\u1160\u180E\u200B-\u200E\u2060\u2800\u3164\uFEFF\uFFA0]|\u034F|\u17B4|\u17B5/;

/** Marks of a direction of reading: at the end of a text they have nothing to turn around. */
const TRAILING_MARK = /[\u061C\u200F]/;

/** Tells whether a text shows anything. */
export const isVisible = (text: string): boolean =>
  text.replace(BLANK, '') !== '';

/** Cleans a text on one line: line breaks become spaces, and what has no meaning in it is removed. */
export const cleanLine = (text: string): string =>
  trim(
    withoutMeaningless(
      text.replaceAll('\t', ' ').replace(LINE_BREAKS, ' '),
    ).replace(DIRECTIONS, ''),
  );

/** Cleans a text of several lines. Embedded directions of reading stay, but end with their line. */
export const cleanLines = (text: string): string =>
  trim(
    withoutMeaningless(text.replace(LINE_BREAKS, '\n'))
      .split('\n')
      .map(closeDirections)
      .join('\n'),
  );

/** Cleans a name, number, code or address of the Internet, in which no invisible character has a meaning. */
export const cleanPlain = (text: string): string =>
  trim(
    cleanLine(text).replace(/\p{Default_Ignorable_Code_Point}|\u2800/gu, ''),
  );

/**
 * Cleans a code or the token of a link: punctuation around it, as of the sentence or the brackets that it was
 * copied from, is removed.
 */
export const cleanCode = (text: string): string =>
  /[\w-](?:.*[\w-])?/.exec(cleanPlain(text))?.[0] ?? '';

/** Scripts of usernames. Those that one language mixes are together. */
const ALPHABETS = [
  ...['Hani Hira Kana', 'Hani Hang', 'Hani Bopo', 'Latn', 'Cyrl', 'Grek'],
  ...['Arab', 'Armn', 'Beng', 'Cans', 'Cher', 'Deva', 'Ethi', 'Geor', 'Gujr'],
  ...['Guru', 'Hebr', 'Khmr', 'Knda', 'Laoo', 'Mlym', 'Mong', 'Mymr', 'Nkoo'],
  ...['Orya', 'Sinh', 'Syrc', 'Taml', 'Telu', 'Tfng', 'Thaa', 'Thai', 'Tibt'],
].map((scripts) => {
  const letters = scripts.split(' ').map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${letters.join('')}]*$`, 'u');
});

/** Marks that are no part of their letter, in scripts that can do without. */
const ADDED_MARK =
  /(?=\p{M})[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}]|\p{M}{3}/u;

/**
 * Checks a new username, in NFKC: it must not look like another one by letters of several alphabets (UTS 39),
 * marks or separators.
 * @returns the problem; null if it is good
 */
export function usernameProblem(username: string): ProblemId | null {
  const text = username.slice(0, 256).normalize('NFKC');
  const isPlain =
    /^[\p{L}\p{M}\p{Nd}_.-]{3,30}$/u.test(text) &&
    /[\p{L}\p{Nd}]/u.test(text) &&
    !/\p{Default_Ignorable_Code_Point}/u.test(text);
  if (!isPlain) return 'validation.usernameCharacters';
  if (/^[_.-]|[_.-]$|[_.-]{2}/.test(text)) return 'validation.usernameEnds';
  if (/^\p{M}/u.test(text) || ADDED_MARK.test(text))
    return 'validation.usernameMarks';
  const letters = text.replace(/[0-9_.-]/g, '');
  if (!ALPHABETS.some((alphabet) => alphabet.test(letters)))
    return 'validation.usernameAlphabets';
  const mixesDigits = /[0-9]/.test(text) && /\p{Nd}/u.test(letters);
  return mixesDigits ? 'validation.usernameDigits' : null;
}

/** Letters, and characters that look like them, in lower and upper case. */
const LOOK_ALIKES: Record<string, string> = {
  a: 'аαɑᴀΑ',
  b: 'вьʙΒƅ',
  c: 'сϲᴄ',
  e: 'еҽεᴇΕ',
  f: 'ƒϝꜰք',
  g: 'ɡցɢ',
  h: 'һнհʜΗ',
  i: 'іıιɩӏɪlΙ1|!',
  m: 'мᴍΜ',
  n: 'пηոռɴΝ',
  o: 'оοօᴏΟ0',
  r: 'гʀꭇ',
  u: 'υսцᴜ',
};
const LETTER_OF = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([letter, others]) =>
    [...others].map((other): [string, string] => [other, letter]),
  ),
);

/** Reduces a short text to letters and digits without accents, with look-alikes as Latin letters. */
const skeleton = (text: string): string =>
  [...text.slice(0, 256).normalize('NFKD')]
    .map((character) => {
      const small = character.toLowerCase();
      return LETTER_OF.get(character) ?? LETTER_OF.get(small) ?? small;
    })
    .join('')
    .replace(/[^\p{L}\p{N}]|\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('rn', 'm');

/** Texts that are shown in place of the name of a person. */
const RESERVED_NAMES = new Set(
  [
    'A former neighbor',
    'Former neighbor',
    'A former neighbour',
    'Former neighbour',
    'A neighbor',
    'A neighbour',
    'Somebody you can no longer see',
    // German, French, Spanish, Portuguese, Turkish and Arabic.
    ...['Ein früheres Mitglied', 'Früheres Mitglied'],
    ...['Jemand aus der Nachbarschaft', 'Nachbarschaft'],
    'eine Person, die du nicht mehr sehen kannst',
    ...['Un ancien membre', 'Ancien membre'],
    ...['Une personne du voisinage', 'quelqu’un du voisinage'],
    'quelqu’un que vous ne pouvez plus voir',
    ...['Un antiguo miembro', 'Antiguo miembro'],
    ...['Una persona del vecindario', 'alguien del vecindario'],
    'alguien a quien ya no puedes ver',
    ...['Um antigo membro', 'Antigo membro'],
    ...['Uma pessoa da vizinhança', 'alguém da vizinhança'],
    'alguém que você não pode mais ver',
    ...['Eski bir komşu', 'Eski komşu', 'Bir komşu'],
    'artık göremediğiniz biri',
    ...['جار سابق', 'جارة سابقة', 'أحد الجيران'],
    'شخص لم يعد بإمكانك رؤيته',
  ].map(skeleton),
);

/** Tells whether people can choose a name: it does not look like what is shown in place of a name. */
export const isFreeName = (name: string): boolean =>
  !RESERVED_NAMES.has(skeleton(name));

/**
 * Checks a new password for characters that cannot be seen, and hardly be typed again.
 * @returns the problem, which names the first one; null if there is none
 */
export function hiddenCharacterProblem(password: string): ProblemId | null {
  const position = password.search(HIDDEN_IN_PASSWORD);
  if (position < 0) return null;
  const before = [...password.slice(0, position)].length;
  const code = password.codePointAt(position) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `validation.hiddenCharacter?position=${before + 1}&name=${encodeURIComponent(name)}`;
}

const HIDDEN_IN_PASSWORD =
  /\u034F|\u17B4|\u17B5|[\p{Cc}\p{Cs}\u00AD\u115F\u1160\u180E\u200B\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0001}]/u;

const withoutMeaningless = (text: string): string =>
  text.replace(MEANINGLESS, '').replace(NEEDLESS_ZERO_WIDTH_SPACES, '');

/** Removes blank characters from both ends; a regular expression would take quadratic time. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SURROUNDING.test(text.charAt(start))) start++;
  while (
    end > start &&
    (SURROUNDING.test(text.charAt(end - 1)) ||
      TRAILING_MARK.test(text.charAt(end - 1)))
  )
    end--;
  return text.slice(start, end);
}

/** End of each embedded direction, by its beginning. */
const CLOSING: Record<string, string> = {
  '\u202A': '\u202C',
  '\u202B': '\u202C',
  '\u2066': '\u2069',
  '\u2067': '\u2069',
  '\u2068': '\u2069',
};

/**
 * Closes the embedded directions that a line leaves open. Removes ends without a beginning, and
 * overrides, which make letters read backwards.
 */
function closeDirections(line: string): string {
  const open: string[] = [];
  const closed = line.replace(DIRECTIONS, (character) => {
    const closing = CLOSING[character];
    if (closing !== undefined) {
      open.push(closing);
      return character;
    }
    const from = open.lastIndexOf(character);
    return from < 0 ? '' : open.splice(from).reverse().join('');
  });
  return closed + open.reverse().join('');
}
