import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  idsIn,
  languageTags,
  mistakesOf,
  readCatalog,
  SOURCE,
} from '../../codegen.languages';
import { PROJECT_ROOT } from '../config';
import { isShipped, sourcesOf } from '../testing/sources';
import { LANGUAGE_TAGS } from './language';

const HALVES = ['api', 'web'] as const;

/** Names the messages of the validators that are generated from the schema. */
const GENERATORS = ['codegen.ts', 'codegen.texts.ts'];

const codeOf = (half: (typeof HALVES)[number]): string =>
  [
    ...GENERATORS.map((name) => path.join(PROJECT_ROOT, name)),
    ...sourcesOf(half)
      .filter(isShipped)
      .map(({ file }) => path.join(PROJECT_ROOT, file)),
  ]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

test('there is a folder for each language', () => {
  expect(languageTags().sort()).toEqual(Object.values(LANGUAGE_TAGS).sort());
});

describe.each(HALVES)('the messages of %s', (half) => {
  const source = readCatalog(SOURCE, half);

  it('are all used', () => {
    const used = new Set(idsIn(codeOf(half), source.keys()));
    expect([...source.keys()].filter((id) => !used.has(id))).toEqual([]);
  });

  it.each(languageTags())('are all there in %s', (tag) => {
    expect(mistakesOf(tag, source, readCatalog(tag, half))).toEqual([]);
  });
});

describe('a translation', () => {
  const english = new Map([
    ['loans.count', '{count, plural, one {# loan} other {# loans}}'],
    ['loans.of', 'A loan of <b>{name}</b>'],
  ]);
  const arabic = (count: string) =>
    mistakesOf(
      'ar',
      english,
      new Map([
        ['loans.count', count],
        ['loans.of', 'إعارة <b>{name}</b>'],
      ]),
    );

  it('has every form of a plural that the language needs', () => {
    expect(
      arabic(
        '{count, plural, zero {0} one {1} two {2} few {#} many {#} other {#}}',
      ),
    ).toEqual([]);
    expect(arabic('{count, plural, one {1} other {#}}')).toEqual([
      'ar: loans.count lacks the plural "few"',
      'ar: loans.count lacks the plural "many"',
      'ar: loans.count lacks the plural "two"',
      'ar: loans.count lacks the plural "zero"',
    ]);
  });

  it('has all messages, and no others', () => {
    expect(
      mistakesOf(
        'de',
        english,
        new Map([
          ['loans.of', 'Eine Ausleihe von <b>{name}</b>'],
          ['loans.lost', 'Verloren'],
        ]),
      ),
    ).toEqual([
      'de lacks loans.count',
      'de has loans.lost, which English lacks',
    ]);
  });

  it('has the arguments of the message, is not empty, and can be read', () => {
    const of = (text: string) => () =>
      mistakesOf(
        'de',
        new Map([['a.b', 'By {name}']]),
        new Map([['a.b', text]]),
      );
    expect(of('Von {person}')()).toEqual([
      'de: a.b has the arguments (person), not (name)',
    ]);
    expect(of(' ')()).toContain('de: a.b is empty');
    expect(of('Von {name')).toThrow('a.b is not an ICU message');
  });
});
