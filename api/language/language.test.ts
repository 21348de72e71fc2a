import { requestedLanguage } from './language';
import {
  dayText,
  inEnglish,
  isTranslated,
  listText,
  text,
  translate,
  untranslated,
} from './text';

const requested = (header?: string) =>
  requestedLanguage({ 'accept-language': header });

describe('the language that a request asks for', () => {
  it.each([
    ['de', 'DE'],
    ['de-AT', 'DE'],
    ['DE-at', 'DE'],
    ['ar-EG', 'AR'],
    ['pt-BR', 'PT_BR'],
    ['pt-PT', 'PT_BR'],
    ['pt', 'PT_BR'],
    ['tr;q=0.3, fr;q=0.7, en;q=0.5', 'FR'],
    ['ja, zh;q=0.9, es-MX;q=0.1', 'ES'],
    ['de-CH,de;q=0.9,en;q=0.8', 'DE'],
    ['de;q=0, fr', 'FR'],
    [' ES ; q=1 ', 'ES'],
  ])('%s is %s', (header, language) => {
    expect(requested(header)).toBe(language);
  });

  it.each([
    undefined,
    '',
    'ja',
    'de;q=0',
    ';;;,,,q=',
    'de;q=x'.repeat(3),
    '__proto__',
    'constructor',
    '\u0000',
    `${'de,'.repeat(200)}de`,
  ])('%j asks for none of ours', (header) => {
    expect(requested(header)).toBeNull();
  });

  it('any language will do where the client says so', () => {
    expect(requested('*')).toBe('EN');
  });

  it('a very long header is not read', () => {
    expect(requested(`de,${'x'.repeat(1_000_000)}`)).toBeNull();
  });
});

describe('a text', () => {
  const minutes = (count: number) => text('errors.minutes', { count });

  it.each([
    [0, '0 دقيقة'],
    [1, 'دقيقة واحدة'],
    [2, 'دقيقتين'],
    [3, '3 دقائق'],
    [11, '11 دقيقة'],
    [100, '100 دقيقة'],
    [1000, '1,000 دقيقة'],
  ])('has the Arabic plural of %d, with the digits 0 to 9', (count, plural) => {
    expect(translate(minutes(count), 'AR')).toBe(plural);
  });

  it.each([
    ['EN', 'Wait: try again in 1 minute'],
    ['DE', 'Wait: Versuch es in 1 Minute wieder'],
    ['FR', 'Wait\u202f: réessayez dans 1 minute'],
    ['TR', 'Wait: 1 dakika sonra yeniden deneyin'],
  ] as const)('contains other texts in %s', (language, sentence) => {
    const refusal = untranslated('Wait');
    const wait = minutes(1);

    expect(
      translate(text('errors.tryAgainIn', { refusal, wait }), language),
    ).toBe(sentence);
  });

  it('isolates names that are written in the other direction', () => {
    const of = (name: string) => text('account.lastStewardOf', { name });

    expect(translate(of('Elm Street'), 'DE')).toContain(' von Elm Street:');
    expect(translate(of('شارع الدردار'), 'DE')).toContain(
      ' von \u2068شارع الدردار\u2069:',
    );
    expect(translate(of('Elm Street'), 'AR')).toContain(
      '\u2068Elm Street\u2069',
    );
    expect(translate(of('\u202eElm\u2069 {name} <b>'), 'EN')).toBe(
      'You are the last steward of Elm {name} <b>: make another member a steward first',
    );
  });

  it.each([
    ['EN', 'Thursday, November 26'],
    ['DE', 'Donnerstag, 26. November'],
    ['FR', 'jeudi 26 novembre'],
    ['ES', 'jueves, 26 de noviembre'],
    ['PT_BR', 'quinta-feira, 26 de novembro'],
    ['TR', '26 Kasım Perşembe'],
    ['AR', 'الخميس، 26 نوفمبر'],
  ] as const)('names a day in %s', (language, day) => {
    expect(translate(dayText('2026-11-26'), language)).toBe(day);
  });

  it.each([
    ['EN', 'a, b, and 2 minutes'],
    ['DE', 'a, b und 2 Minuten'],
    ['TR', 'a, b ve 2 dakika'],
  ] as const)('lists others in %s', (language, list) => {
    expect(translate(listText(['a', 'b', minutes(2)]), language)).toBe(list);
  });

  it('about the form of a request stays in English', () => {
    const form = untranslated('"first" must be from 1 to 100');

    expect(isTranslated(form)).toBe(false);
    expect(translate(form, 'AR')).toBe(inEnglish(form));
  });
});
