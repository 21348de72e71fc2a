import fc from 'fast-check';
import { runs } from '../testing/runs';
import { foldText, searchWords, toWords } from './searchWords';

describe('the folding of texts', () => {
  it('folding a folded text changes nothing, and no character depends on ASCII beside it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          ...'かハﾄﾞ\u3099\u309aßé\u0301ท้ำ\u0e38\u0e4dहि\u093c\u094dொ',
        ),
        maxLength: 40,
      }),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(foldText(foldText(one))).toBe(foldText(one));
        expect(foldText(`${one}a${other}`)).toBe(
          `${foldText(one)}a${foldText(other)}`,
        );
      }),
      { numRuns: runs(300, 10_000) },
    );
  });

  it.each([
    ['of accents', '\u0315\u0316', ''],
    ['of voicing marks', '\uff9e\u0e48\u093c', ''],
    ['of vowels and tones of one letter', '\u0e48\u0e38', 'ท'],
  ])(
    'a text %s alone is folded in time proportional to its length',
    (_, marks, letter) => {
      const began = process.cpuUsage();

      const words = searchWords(letter + marks.repeat(500_000));

      // Sorting them, as NFKD does, takes minutes.
      expect(process.cpuUsage(began).user / 1000).toBeLessThan(5000);
      expect(words.startsWith(letter)).toBe(true);
      expect(words.length).toBeLessThan(20);
    },
  );
});

describe('the words of a text', () => {
  it.each([
    ['Ein Bohrer, 18V', 'ein bohrer 18v'],
    ['電動工具', '電動 動工 工具 具'],
    ['電', '電'],
    ['18V電動', '18v 電動 動'],
    ['がハ\u309a', 'がぱ ぱ'],
    ['हिन्दी ड़', 'हिन्दी ड'],
    ['ข้าว', 'ข้า าว ว'],
    ['\u0e48\u093f', ''],
    ['C++ C# 🇩🇪🎸', 'c++ c# 🇩🇪 🎸'],
    ['\ud800 ?! \u2800', ''],
    ['x'.repeat(70), 'x'.repeat(64)],
  ])('%j is stored as %j', (text, words) => {
    expect(searchWords(text)).toBe(words);
  });
});

describe('the words of a search', () => {
  it.each<[string | null, string[] | null]>([
    [null, null],
    ['', null],
    [' \n', null],
    ['\u200b\u0301', null],
    ['?!', []],
    ['saw Saw SAW', ['saw']],
    ['電動工具', ['電動 動工 工具']],
    ['電', ['電']],
    ['C#, c++17', ['c#', 'c++', '17']],
    ['saw+drill', ['saw', 'drill']],
  ])('%j is %j', (search, words) => {
    expect(toWords(search)).toEqual(words);
  });

  it('a search has at most 12 words and 32 tokens, of 64 characters each', () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `${index}`);
    expect(toWords(numbers.join(' '))).toEqual(numbers.slice(0, 12));
    expect(toWords('電'.repeat(500))?.join(' ').split(' ')).toHaveLength(32);
    expect(toWords('x'.repeat(900))).toEqual(['x'.repeat(64)]);
    expect(toWords(`${' '.repeat(1000)}x`)).toBeNull();
  });
});
