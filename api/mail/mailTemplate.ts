import type { Mail } from './transport';

/** Contents of a mail, in reading order. All texts are plain text and escaped where needed. */
export type MailTemplate = {
  subject: string;
  body: readonly Paragraph[];
  /** Why the recipient gets this mail, and what to do if it is unexpected. */
  footer: readonly Paragraph[];
};

/**
 * Some sentences, a link on its own line, a list of linked entries, the main action as a button, or
 * buttons beside each other for a choice.
 */
export type Paragraph =
  | string
  | { link: Link }
  | { list: readonly { text: string; url: string }[] }
  | { button: Link }
  | { buttons: readonly Link[] };

type Link = { label: string; url: string };

/**
 * Renders a mail as plain text and as HTML.
 * @param to one address
 */
export const toMail = (
  to: string,
  { subject, body, footer }: MailTemplate,
): Mail => ({
  to,
  subject: oneLine(subject),
  text: `${textOf(body)}\n\n-- \n${textOf(footer)}\n`,
  html: page(oneLine(subject), htmlOf(body), htmlOf(footer)),
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
  const plain = name.replace(/[\u202A-\u202E\u2066-\u2069]/gu, '');
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

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

const textOf = (paragraphs: readonly Paragraph[]) =>
  paragraphs.map(textParagraph).join('\n\n');

function textParagraph(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return oneLine(paragraph);
  if ('link' in paragraph) return textLink(paragraph.link);
  if ('button' in paragraph) return textLink(paragraph.button);
  if ('buttons' in paragraph)
    return paragraph.buttons.map(textLink).join('\n\n');
  return paragraph.list
    .map(({ text, url }) => `* ${oneLine(text)}\n  ${url}`)
    .join('\n');
}

const textLink = ({ label, url }: Link) => `${oneLine(label)}:\n${url}`;

const htmlOf = (paragraphs: readonly Paragraph[]) =>
  paragraphs.map(htmlParagraph).join('\n');

function htmlParagraph(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return `<p>${htmlSentence(paragraph)}</p>`;
  if ('link' in paragraph)
    return `<p><a class="link" href="${escaped(paragraph.link.url)}">${htmlSentence(paragraph.link.label)}</a></p>`;
  if ('button' in paragraph) return htmlButtons([paragraph.button]);
  if ('buttons' in paragraph) return htmlButtons(paragraph.buttons);
  const entries = paragraph.list.map(
    ({ text, url }) =>
      `<li><a href="${escaped(url)}">${htmlSentence(text)}</a></li>`,
  );
  return `<ul>\n${entries.join('\n')}\n</ul>`;
}

/** Renders buttons beside each other, which wrap on narrow screens. */
function htmlButtons(links: readonly Link[]): string {
  const buttons = links.map(
    ({ label, url }) =>
      `<a class="button" href="${escaped(url)}">${htmlSentence(label)}</a>`,
  );
  return `<p>${buttons.join('\n')}</p>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) =>
  oneLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Escapes a sentence, with an element around each isolated name. */
const htmlSentence = (text: string) =>
  escaped(text).replaceAll('\u2068', '<bdi>').replaceAll('\u2069', '</bdi>');

/** Renders the HTML page, readable without its styles, which mail programs may remove. */
const page = (title: string, body: string, footer: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(title)}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; background: #fbf5ec; color: #2b211b; font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main, footer { max-width: 34em; margin: 0 auto; overflow-wrap: anywhere; }
a { color: #933c20; }
a.link { font-weight: 600; font-size: 19px; }
a.button { display: inline-block; margin: 0 8px 8px 0; padding: 10px 20px; border: 2px solid; border-radius: 8px; font-weight: 600; text-decoration: none; }
li { margin: 0 0 8px; }
footer { margin-top: 32px; padding-top: 8px; border-top: 1px solid #dccfc1; font-size: 14px; color: #5c5049; }
@media (prefers-color-scheme: dark) {
  body { background: #1f1a18; color: #efe6dc; }
  a { color: #ea9b73; }
  footer { border-color: #473d37; color: #bfb0a1; }
}
</style>
</head>
<body>
<main>
${body}
</main>
<footer>
${footer}
</footer>
</body>
</html>
`;
