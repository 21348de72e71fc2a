import { render } from '@testing-library/react';
import { messages as arabic } from '../generated/languages/rest.ar';
import { messages as english } from '../generated/languages/rest.en';
import { messages as startEnglish } from '../generated/languages/start.en';
import { formatList, formatNumber } from './formats';
import { problemText } from './problem';
import { rich, speak, t } from './texts';

afterEach(() => {
  speak('en', { ...startEnglish, ...english });
});

test('a text is in the language in use, with its numbers and plural forms', () => {
  expect(t('validation.charactersAtMost', { count: 1 })).toBe(
    'Use at most 1 character',
  );
  expect(t('validation.charactersAtMost', { count: 1000 })).toBe(
    'Use at most 1,000 characters',
  );
  speak('ar', arabic);
  expect(t('validation.charactersAtMost', { count: 2 })).toBe(
    'لا يزيد على حرفين',
  );
  expect(t('validation.charactersAtMost', { count: 3 })).toBe(
    'لا يزيد على 3 أحرف',
  );
});

test('a name of the other direction is isolated from the sentence', () => {
  speak('en', {
    'test.by': [
      { type: 0, value: 'By ' },
      { type: 1, value: 'name' },
    ],
  });
  const by = (name: string) =>
    // A message of this test alone.
    (t as (id: string, values: object) => string)('test.by', { name });
  expect(by('Ana')).toBe('By Ana');
  expect(by('نور')).toBe('By \u2068نور\u2069');
  speak('ar', {
    'test.by': [
      { type: 0, value: 'من ' },
      { type: 1, value: 'name' },
    ],
  });
  expect(by('Ana')).toBe('من \u2068Ana\u2069');
});

test('elements stand within a sentence', () => {
  speak('en', {
    'test.terms': [
      { type: 0, value: 'Read the ' },
      { type: 8, value: 'b', children: [{ type: 0, value: 'rules' }] },
      { type: 0, value: ' first' },
    ],
  });
  const { container } = render(
    <p>
      {(rich as (id: string, values: object) => React.ReactNode)('test.terms', {
        b: (parts: React.ReactNode[]) => <b>{parts}</b>,
      })}
    </p>,
  );
  expect(container.innerHTML).toBe('<p>Read the <b>rules</b> first</p>');
});

test('a text that is not loaded is an error, and no empty place', () => {
  speak('en', {});
  expect(() => t('validation.fillIn')).toThrow('validation.fillIn');
});

test('the rule of a field is named in the language in use', () => {
  expect(problemText('validation.fillIn')).toBe('Please fill this in');
  expect(
    problemText('validation.hiddenCharacter?position=3&name=U%2B00AD'),
  ).toContain('character 3 is U+00AD');
});

test('numbers and lists follow the language, also after it has changed', () => {
  expect(formatNumber(1234.5)).toBe('1,234.5');
  expect(formatList(['a', 'b', 'c'])).toBe('a, b, and c');
  speak('de', {});
  expect(formatNumber(1234.5)).toBe('1.234,5');
  expect(formatList(['a', 'b', 'c'])).toBe('a, b und c');
  speak('ar', {});
  expect(formatNumber(12)).toBe('12');
});

test('a value that chooses between texts does so in Arabic as well', () => {
  speak('ar', {
    'test.open': [
      {
        type: 5,
        value: 'state',
        options: {
          OPEN: { value: [{ type: 0, value: 'مفتوح' }] },
          other: { value: [{ type: 0, value: 'مغلق' }] },
        },
      },
    ],
  });
  expect(
    (t as (id: string, values: object) => string)('test.open', {
      state: 'OPEN',
    }),
  ).toBe('مفتوح');
});
