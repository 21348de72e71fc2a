import { parse, type DefaultTreeAdapterMap } from 'parse5';
import {
  directionOf,
  LANGUAGE_TAGS,
  type Language,
} from '../language/language';
import { toMail, type MailTemplate } from '../mail/mailTemplate';
import { MAILS, SAMPLES, type Sample } from './mailSamples';

type Node = DefaultTreeAdapterMap['node'];

const LANGUAGES = Object.keys(LANGUAGE_TAGS) as Language[];

/** Every mail with every sample in every language. */
const ALL = Object.entries(MAILS).flatMap(([name, compose]) =>
  Object.entries(SAMPLES).flatMap(([sample, texts]) =>
    LANGUAGES.map((language): [string, string, Language, MailTemplate] => [
      name,
      sample,
      language,
      compose(texts),
    ]),
  ),
);

const mailOf = (template: MailTemplate, language: Language = 'EN') =>
  toMail('ana@example.org', template, language);

/** Parses a page, with the mistakes that a browser would mend. */
function parsePage(html: string) {
  const mistakes: string[] = [];
  const page = parse(html, {
    onParseError: ({ code, startLine }) => {
      mistakes.push(`${code} in line ${startLine}`);
    },
  });
  return { elements: elementsIn(page), mistakes };
}

function elementsIn(
  node: Node,
): { name: string; attributes: Map<string, string>; text: string }[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  const own =
    'tagName' in node
      ? [
          {
            name: node.tagName,
            attributes: new Map(
              node.attrs.map(({ name, value }) => [name, value]),
            ),
            text: children
              .map((each) => ('value' in each ? each.value : ''))
              .join(''),
          },
        ]
      : [];
  return [...own, ...children.flatMap(elementsIn)];
}

/** A mail of as many notifications as there are kinds here. */
const newsOf = (sample: Sample, news: Sample['news'], language?: Language) =>
  mailOf(MAILS.newsMail({ ...sample, news }), language);

describe('every mail', () => {
  it.each(ALL)(
    '%s (%s, %s) is valid HTML with a language and a title',
    (_, __, language, template) => {
      const { html, subject } = mailOf(template, language);
      const { elements, mistakes } = parsePage(html);
      const named = (name: string) =>
        elements.filter((each) => each.name === name);

      expect(mistakes).toEqual([]);
      expect(named('html')[0]?.attributes.get('lang')).toBe(
        LANGUAGE_TAGS[language],
      );
      expect(named('html')[0]?.attributes.get('dir')).toBe(
        directionOf(language),
      );
      expect(named('title')[0]?.text).toBe(
        subject.replaceAll(/[\u2068\u2069]/g, ''),
      );
      expect(html).not.toContain('{{');
    },
  );

  it.each(ALL)(
    '%s (%s, %s) loads nothing, and its links lead to the app',
    (_, __, language, template) => {
      const { html } = mailOf(template, language);
      const { elements } = parsePage(html);

      expect(
        elements.filter(({ name }) =>
          ['img', 'link', 'script', 'iframe', 'object', 'svg', 'form'].includes(
            name,
          ),
        ),
      ).toEqual([]);
      expect(html).not.toMatch(/url\(|@import|\ssrc=|\sbackground=/);
      const urls = elements.flatMap(({ name, attributes }) =>
        [...attributes]
          .filter(
            ([key, value]) => value.includes('://') && !key.startsWith('xmlns'),
          )
          .map(([key, value]) => `${name} ${key} ${value}`),
      );
      for (const url of urls)
        expect(url).toMatch(/^a href https:\/\/neighborshare\.example(\/|$)/);
    },
  );

  it.each(ALL)(
    '%s (%s, %s) says in plain text what it says in HTML',
    (_, __, language, template) => {
      const { text, html } = mailOf(template, language);
      const { elements } = parsePage(html);

      for (const { attributes } of elements.filter(({ name }) => name === 'a'))
        expect(text).toContain(attributes.get('href'));
      expect(text).not.toMatch(/\{\{|&\w+;|\n{3}/);
      expect(text).toMatch(/\n\n-- \n\S[^]*\S\n$/);
    },
  );

  it('a mail has the same links in every language, and is not clipped by Gmail', () => {
    const linksOf = (html: string) =>
      parsePage(html)
        .elements.map(({ attributes }) => attributes.get('href'))
        .filter((href) => href !== undefined);

    for (const [, , language, template] of ALL) {
      const { html } = mailOf(template, language);
      expect(linksOf(html)).toEqual(linksOf(mailOf(template).html));
      expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    }
  });

  it('a mail has no English sentence in another language, except of the operator', () => {
    const sentencesOf = (html: string) =>
      parsePage(html)
        .elements.filter(({ name }) => ['title', 'p', 'a'].includes(name))
        .map(({ text }) => text.trim())
        .filter((text) => text !== '');

    for (const [name, sample, language, template] of ALL) {
      if (language === 'EN' || name === 'doctorMail') continue;
      const english = new Set(sentencesOf(mailOf(template).html));
      const same = sentencesOf(mailOf(template, language).html).filter((each) =>
        english.has(each),
      );
      expect([name, sample, language, same]).toEqual([
        name,
        sample,
        language,
        [],
      ]);
    }
  });

  it('a mail from right to left has nothing that is set from left to right', () => {
    for (const [, , language, template] of ALL) {
      if (language !== 'AR') continue;
      const { html } = mailOf(template, language);
      const markup = html.replaceAll(/>[^<]*</g, '><');

      expect(html).toContain('<html lang="ar" dir="rtl" ');
      expect(markup).not.toMatch(/\b(ltr|left)\b/);
    }
  });

  it('a long message is cut at a space, or between two characters', () => {
    const shown = (message: string) =>
      /Drill”: “(.*)”\n/.exec(
        newsOf({ ...SAMPLES.usual, item: 'Drill', message }, [
          'MESSAGE_RECEIVED',
        ]).text,
      )?.[1];

    const short = 'word '.repeat(30).trim();
    expect(shown(short)).toBe(short);
    expect(shown('word '.repeat(800))).toBe(`${'word '.repeat(29)}word …`);
    expect(shown('🌻'.repeat(800))).toBe(`${'🌻'.repeat(150)} …`);
  });

  it('a mail of 50 notifications with long messages is not clipped by Gmail', () => {
    const news = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? 'LOAN_REQUESTED' : 'MESSAGE_RECEIVED',
    );
    const messages = Array.from(news, () => 'MESSAGE_RECEIVED' as const);
    for (const text of ['word ', 'كلمة ', '汉字', '🌻', '"'])
      for (const kinds of [news, messages]) {
        const sample = { ...SAMPLES.usual, message: text.repeat(800) };
        expect(newsOf(sample, kinds).html).toContain('See 10 more');
        for (const language of LANGUAGES) {
          const { html } = newsOf(sample, kinds, language);
          expect(Buffer.byteLength(html)).toBeLessThan(100_000);
          expect(html).toContain('https://neighborshare.example/notifications');
        }
      }
  });
});
