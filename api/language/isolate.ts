import { directionOf, type Language } from './language';

/** Letters that are set from right to left, as in Hebrew, Arabic, Syriac, Thaana, NKo or Adlam. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * Isolates a name or title within a sentence (UAX 9), so that one of the other direction leaves the words
 * and punctuation around it in place. Names that need none are returned without a mark.
 */
export function isolate(name: string, language: Language): string {
  const plain = withoutMarks(name);
  const isSafe = directionOf(language) === 'ltr' && !RIGHT_TO_LEFT.test(plain);
  return isSafe ? plain : `\u2068${plain}\u2069`;
}

/** Removes the marks that change the direction of the text after them. */
export const withoutMarks = (text: string): string =>
  text.replace(/[\u202A-\u202E\u2066-\u2069]/gu, '');
