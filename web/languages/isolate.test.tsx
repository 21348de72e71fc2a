import { render } from '@testing-library/react';
import { isolate, renderIsolates, withoutIsolates } from './isolate';

const NOUR = 'نور الدين (Nour)!';

test('a name from right to left is an element of its own in a sentence, with the punctuation it brings', () => {
  const { container } = render(
    <p>
      {renderIsolates(`${isolate('Kofi')} lends “${isolate(NOUR)}” to you.`)}
    </p>,
  );
  expect(container.innerHTML).toBe(
    `<p>Kofi lends “<bdi>${NOUR}</bdi>” to you.</p>`,
  );
});

test.each([
  ['Hebrew', 'מקדחה'],
  ['Persian', 'دریل'],
  ['Syriac', 'ܫܠܡܐ'],
  ['Thaana', 'ދިވެހި'],
  ['Adlam', '𞤀𞤣𞤤𞤢𞤥'],
])('a name in %s is isolated', (_, name) => {
  expect(isolate(name)).toBe(`\u2068${name}\u2069`);
});

test.each(['Kofi', 'Müller', '山田', 'Ольга', 'Εύα', 'สมชาย', '😀'])(
  '%s has the direction of the page and needs no mark',
  (name) => {
    expect(isolate(name)).toBe(name);
  },
);

test('marks of direction that a name brings cannot turn the sentence around', () => {
  expect(isolate('\u202EtroG\u202C')).toBe('troG');
  expect(isolate('\u2069נור\u2066')).toBe('\u2068נור\u2069');
});

test('a title outside of a line has no marks', () => {
  expect(withoutIsolates(`Hello, ${isolate(NOUR)}!`)).toBe(`Hello, ${NOUR}!`);
});
