import Mustache from 'mustache';
import { HTML_TEMPLATE, TEXT_TEMPLATE } from './generated/templates';
import type { Mail } from './transport';

/** Contents of a mail, in reading order. All texts are plain text and escaped where needed. */
export type MailTemplate = {
  subject: string;
  body: readonly Paragraph[];
  /** Why the recipient gets this mail, and what to do if it is unexpected. */
  footer: readonly FooterParagraph[];
};

/**
 * Some sentences, a link on its own line, a list of linked entries, the main action as a button, or
 * buttons beside each other for a choice.
 */
export type Paragraph =
  | FooterParagraph
  | { list: readonly Entry[] }
  | { button: Link }
  | { buttons: readonly Link[] };

/** Some sentences, or a link on its own line. */
export type FooterParagraph = string | { link: Link };

/** Entry of a list: a link, and what a user has written, which is no part of the link. */
type Entry = { text: string; url: string; quote?: string };

type Link = { label: string; url: string };

/** Language of a mail (BCP 47), and its direction of reading. */
export type MailLanguage = { lang: string; dir: 'ltr' | 'rtl' };

const ENGLISH: MailLanguage = { lang: 'en', dir: 'ltr' };

/**
 * Renders a mail as plain text and as HTML, from `mail.txt` and `mail.mjml`.
 * @param to one address
 */
export function toMail(
  to: string,
  template: MailTemplate,
  language = ENGLISH,
): Mail {
  const subject = oneLine(template.subject);
  const view = {
    ...language,
    start: language.dir === 'ltr' ? 'left' : 'right',
    title: withoutMarks(subject),
    body: template.body.map(viewOf),
    footer: template.footer.map(viewOf),
  };
  return {
    to,
    subject,
    text: `${render(TEXT_TEMPLATE, view, oneLine).trimEnd()}\n`,
    html: render(HTML_TEMPLATE, view, htmlSentence),
  };
}

const render = (
  template: string,
  view: object,
  escape: (text: string) => string,
) => Mustache.render(template, view, {}, { escape });

/** Gives a paragraph the names and the nesting that the templates have. */
function viewOf(paragraph: Paragraph): object {
  if (typeof paragraph === 'string') return { sentence: paragraph };
  if ('link' in paragraph) return { link: viewOfLink(paragraph.link) };
  if ('button' in paragraph) return { button: viewOfLink(paragraph.button) };
  if ('buttons' in paragraph)
    return { choice: { buttons: paragraph.buttons.map(viewOfLink) } };
  return { list: { entries: paragraph.list.map(viewOfLink) } };
}

/** Removes from a URL what would become an element. */
const viewOfLink = <Target extends { url: string }>(link: Target): Target => ({
  ...link,
  url: withoutMarks(link.url),
});

/** Letters that are set from right to left, as in Hebrew, Arabic, Syriac, Thaana, NKo or Adlam. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** A text between the marks of `isolate`, or any other mark of direction. */
const ISOLATE_OR_MARK =
  /\u2068([^\u202A-\u202E\u2066-\u2069]*)\u2069|[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Isolates a name or title within a sentence (UAX 9), so that one from right to left leaves the words
 * and punctuation around it in place. Other names are returned without a mark.
 */
export function isolate(name: string): string {
  const plain = withoutMarks(name);
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

const withoutMarks = (text: string) =>
  text.replace(/[\u202A-\u202E\u2066-\u2069]/gu, '');

/**
 * Removes line breaks and text direction marks, with which a name could imitate a paragraph of the
 * mail. Only isolated names keep theirs, which cannot affect the text around them.
 */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(ISOLATE_OR_MARK, (_, name?: string) =>
      name == null ? '' : `\u2068${name}\u2069`,
    )
    .trim();

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a sentence, with an element around each isolated name. */
const htmlSentence = (text: string) =>
  oneLine(text)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replaceAll('\u2068', '<bdi>')
    .replaceAll('\u2069', '</bdi>');
