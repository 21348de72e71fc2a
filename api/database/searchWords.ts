/**
 * Marks that only vary a letter: accents of Latin, Greek and Cyrillic letters, vowel points of Arabic,
 * Hebrew and Syriac, enclosing signs, and the dots of borrowed sounds in Hindi, Punjabi and Gujarati, which
 * are often left out. Marks of other scripts, such as Thai and Tamil vowels and the voicing marks of kana,
 * make another word and stay.
 */
const ACCENTS = `[\\p{M}&&[\\p{sc=Zinh}\\p{sc=Zyyy}\\p{sc=Latn}\\p{sc=Grek}\\p{sc=Copt}\\p{sc=Cyrl}\\p{sc=Arab}\\p{sc=Hebr}\\p{sc=Syrc}\\p{sc=Hang}\\p{sc=Ethi}\\u093c\\u0a3c\\u0abc]]--[\\u3099\\u309a]`;

/**
 * Accents and characters that a reader does not see: format characters such as the soft hyphen, fillers and
 * variation selectors; the Arabic tatweel, the empty Braille cell; halves of surrogate pairs.
 */
const INVISIBLE = new RegExp(
  `[[${ACCENTS}]\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Cs}\\u0640\\u2800]`,
  'gv',
);

/** Marks of one letter, also half-width; the rest of a run is dropped, as NFKD sorts it in quadratic time. */
const TOO_MANY_MARKS = /([\p{M}\uff9e\uff9f]{8})[\p{M}\uff9e\uff9f]+/gu;

/** A kana and its voicing mark, which are one letter. */
const VOICED_KANA = /[\u3040-\u30ff](?:\u3099|\u309a)/g;

/** Signs that are not searched, although Unicode calls them letters or symbols: trademarks, degrees. */
const SIGNS = /[©®™℠℗°]/g;

/** Fractions. NFKD would join the whole number before one to its numerator: `3½` to `31⁄2`. */
const FRACTIONS = /[\u00bc-\u00be\u2150-\u215f\u2189]/g;

/** Apostrophes that Unicode calls letters. Other apostrophes separate words as well. */
const APOSTROPHES = /[\u02b9-\u02d1\u02ec\u02ee]/g;

/** Lowercase letters that Unicode does not decompose, with the letters that people type instead. */
const LETTERS = new Map(
  // prettier-ignore
  Object.entries({
    æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'k', ə: 'e', ȷ: 'j',
    ƀ: 'b', ɓ: 'b', ɖ: 'd', ɗ: 'd', ɨ: 'i', ƙ: 'k', ƚ: 'l', ɵ: 'o', ʉ: 'u', ƴ: 'y', ƶ: 'z',
    ς: 'σ', ґ: 'г', ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ',
    // Candrabindu, which is often written as anusvara.
    '\u0901': '\u0902',
    // Arabic alef, yeh, kaf and heh as they are written in Arabic, Persian and Urdu.
    ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ۃ: 'ه', ہ: 'ه', ھ: 'ه', ە: 'ه',
  }),
);
const LETTER = new RegExp([...LETTERS.keys()].join('|'), 'g');

/** Digits of other scripts than ASCII. */
const DIGITS = /(?![0-9])\p{Nd}/gu;
/** Katakana that have a hiragana, which is 96 code points before. */
const KATAKANA = /[\u30a1-\u30f6\u30fd\u30fe]/g;

/**
 * Folds a text for searching, so that spellings that people take for the same become the same: case,
 * accents, compatibility forms such as `ﬁ` and `Ⅳ`, digits, hiragana and katakana
 * (docs/decisions/0009-full-text-search.md). Takes time in proportion to the length of the text.
 */
export const foldText = (text: string): string =>
  // No character depends on ASCII beside it, so that ASCII, which is most of most texts, is left out.
  text.toLowerCase().replace(/[^\0-\x7f]+/g, foldBeyondAscii);

function foldBeyondAscii(text: string): string {
  const decomposed = text
    // Marks first: sorting a long run of them in NFKD takes quadratic time.
    .replace(INVISIBLE, '')
    .replace(TOO_MANY_MARKS, '$1')
    .replace(SIGNS, ' ')
    .replace(FRACTIONS, ' $& ')
    .normalize('NFKD')
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, ' ');
  return (
    decomposed
      // Full case folding: ß -> SS -> ss, and ı -> I -> i.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(INVISIBLE, '')
      .replace(TOO_MANY_MARKS, '$1')
      .replace(VOICED_KANA, (kana) => kana.normalize('NFC'))
      .replace(LETTER, (letter) => LETTERS.get(letter) ?? letter)
      .replace(DIGITS, decimalValue)
      .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 96))
  );
}

/** Returns the ASCII digit of a digit in any script: Unicode has them in runs of ten, from 0 to 9. */
function decimalValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** A Hangul syllable in NFKD: leading consonants, vowels, final consonants. */
const SYLLABLE =
  '[\\u1100-\\u115f\\ua960-\\ua97c][\\u1160-\\u11a7\\ud7b0-\\ud7c6]*[\\u11a8-\\u11ff\\ud7cb-\\ud7fb]*';
/** Scripts that are written without spaces, or in which words are compounds. */
const UNSPACED = [
  ...['Han', 'Hira', 'Kana', 'Bopo', 'Hang', 'Yiii', 'Thai', 'Laoo', 'Khmr'],
  ...['Mymr', 'Lana', 'Tale', 'Talu', 'Tavt', 'Cham', 'Java', 'Bali', 'Tibt'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');
/** A letter with its marks, such as vowels. */
const UNIT = `(?:(?:${SYLLABLE}|[[${UNSPACED}]&&[\\p{L}\\p{N}]])\\p{M}*)`;
const WORD = `[[\\p{L}\\p{N}]--[${UNSPACED}]][[\\p{L}\\p{N}\\p{M}]--[${UNSPACED}]]*`;
/** A flag, an emoji, another symbol or a currency. */
const SYMBOL = '\\p{Regional_Indicator}{2}|[\\p{So}\\p{Sc}]';

/** Finds the words of a folded text. The first group is a run of letters without spaces. */
const IN_TEXT = new RegExp(`(${UNIT}+)|${WORD}[+#]*|${SYMBOL}`, 'gv');
/** In a search, `+` and `#` count only where they end a word, as in `C#`, or are doubled, as in `C++17`. */
const IN_SEARCH = new RegExp(
  `(${UNIT}+)|${WORD}(?:[+#]+(?![+#\\p{L}\\p{N}])|\\+\\+)?|${SYMBOL}`,
  'gv',
);
const UNITS = new RegExp(UNIT, 'gv');

/** Limits of a search. Anything beyond is ignored. */
const MAX_SEARCH_LENGTH = 1000;
const MAX_WORDS = 12;
const MAX_TOKENS = 32;
/** Maximum number of characters of a token; the rest is neither stored nor searched. */
const MAX_TOKEN_LENGTH = 64;

/**
 * Returns the tokens of a text, separated by spaces, as they are stored with it and indexed. A token is
 * a folded word. Runs of scripts without spaces become overlapping pairs of letters and their last
 * letter: `電動工具` becomes `電動 動工 工具 具`.
 * @param texts such as a title and a description
 */
export function searchWords(...texts: string[]): string {
  const tokens: string[] = [];
  for (const [word, run] of foldText(texts.join('\n')).matchAll(IN_TEXT))
    if (run) tokens.push(...pairsOf(run));
    else tokens.push(cut(word));
  return tokens.join(' ');
}

/**
 * Splits a search into its words. Each is one token, or several tokens that must follow each other,
 * separated by spaces; the last one may be the beginning of a token.
 * @returns null for an empty search, which finds everything; an empty list, as of `!?`, finds nothing
 */
export function toWords(search: string | null | undefined): string[] | null {
  const folded = foldText(search?.slice(0, MAX_SEARCH_LENGTH) ?? '');
  if (!folded.trim()) return null;
  const words = new Set<string>();
  let room = MAX_TOKENS;
  for (const [word, run] of folded.matchAll(IN_SEARCH)) {
    const tokens = (run ? wholePairsOf(run) : [cut(word)]).slice(0, room);
    if (tokens.length === 0 || words.size === MAX_WORDS) break;
    room -= tokens.length;
    words.add(tokens.join(' '));
  }
  return [...words];
}

/** Returns the overlapping pairs of a run's letters, and its last letter. */
function pairsOf(run: string): string[] {
  const units = run.match(UNITS) ?? [];
  return units.map((unit, index) => unit + (units[index + 1] ?? ''));
}

/** Returns the pairs without the last letter, as the text may go on after it; a single letter as it is. */
function wholePairsOf(run: string): string[] {
  const pairs = pairsOf(run);
  return pairs.length < 2 ? pairs : pairs.slice(0, -1);
}

const cut = (word: string): string =>
  word.length <= MAX_TOKEN_LENGTH
    ? word
    : [...word].slice(0, MAX_TOKEN_LENGTH).join('');
