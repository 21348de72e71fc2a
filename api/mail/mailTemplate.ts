import Mustache from 'mustache';
import { withoutMarks } from '../language/isolate';
import {
  directionOf,
  LANGUAGE_TAGS,
  type Language,
} from '../language/language';
import { text, translate, type Text } from '../language/text';
import { HTML_TEMPLATE, TEXT_TEMPLATE } from './generated/templates';
import type { Mail } from './transport';

/**
 * Contents of a mail, in reading order, to be translated for its recipient. All texts are plain text and
 * escaped where needed.
 */
export type MailTemplate = {
  subject: Text;
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
  | { entries: readonly Entry[] }
  | { button: Link }
  | { buttons: readonly Link[] };

/** Some sentences, or a link on its own line. */
export type FooterParagraph = Text | { link: Link };

/** Entry of a list: a link, and what stands beside it, as what a user has written. */
export type Entry = { text: Text; url: string; quote?: Text };

type Link = { label: Text; url: string };

/**
 * Renders a mail as plain text and as HTML, from `mail.txt` and `mail.mjml`.
 * @param to one address
 * @param language of the recipient
 */
export function toMail(
  to: string,
  template: MailTemplate,
  language: Language,
): Mail {
  const subject = oneLine(translate(template.subject, language));
  const dir = directionOf(language);
  const view = {
    lang: LANGUAGE_TAGS[language],
    dir,
    start: dir === 'ltr' ? 'left' : 'right',
    title: withoutMarks(subject),
    colon: translate(text('mail.colon'), language),
    body: template.body.map((paragraph) => viewOf(paragraph, language)),
    footer: template.footer.map((paragraph) => viewOf(paragraph, language)),
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
function viewOf(paragraph: Paragraph, language: Language): object {
  const link = ({ label, url }: Link) => ({
    label: translate(label, language),
    url: withoutMarks(url),
  });
  if ('link' in paragraph) return { link: link(paragraph.link) };
  if ('button' in paragraph) return { button: link(paragraph.button) };
  if ('buttons' in paragraph)
    return { choice: { buttons: paragraph.buttons.map(link) } };
  if ('entries' in paragraph)
    return {
      list: {
        entries: paragraph.entries.map(({ text, url, quote }) => ({
          text: translate(text, language),
          url: withoutMarks(url),
          quote: quote && translate(quote, language),
        })),
      },
    };
  return { sentence: translate(paragraph, language) };
}

/** A text between the marks of `isolate`, or any other mark of direction. */
const ISOLATE_OR_MARK =
  /\u2068([^\u202A-\u202E\u2066-\u2069]*)\u2069|[\u202A-\u202E\u2066-\u2069]/gu;

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
