import type { ReactNode } from 'react';

const OPEN = '\u2068';
const CLOSE = '\u2069';

/** Letters that are set from right to left, as in Hebrew, Arabic, Syriac, Thaana, NKo or Adlam. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Marks that change the direction of the text after them. */
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * Isolates a name within a sentence (UAX 9), so that one from right to left leaves the words,
 * digits and punctuation around it in place. Other names are returned without a mark.
 * `renderIsolates` turns the marks into elements.
 * @param isRightToLeft whether the sentence is, in which every name is isolated
 */
export function isolate(name: string, isRightToLeft = false): string {
  const plain = name.replace(DIRECTION_MARKS, '');
  return isRightToLeft || RIGHT_TO_LEFT.test(plain)
    ? `${OPEN}${plain}${CLOSE}`
    : plain;
}

/** Removes the marks of `isolate` from a text that is not shown in a line, such as a label. */
export const withoutIsolates = (text: string): string =>
  text.replace(DIRECTION_MARKS, '');

/** Renders a sentence with the names in it that `isolate` has marked, each in a `bdi` element. */
export function renderIsolates(sentence: ReactNode): ReactNode {
  if (typeof sentence !== 'string' || !sentence.includes(OPEN)) return sentence;
  return sentence.split(/[\u2068\u2069]/).map((part, index) =>
    // Text and names alternate, as `isolate` leaves no mark within a name.
    index % 2 === 1 ? <bdi key={index}>{part}</bdi> : part,
  );
}
