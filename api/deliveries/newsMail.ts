import { listText, text, type Text } from '../language/text';
import { linkWithToken } from '../mail/links';
import type { Entry, MailTemplate, Paragraph } from '../mail/mailTemplate';
import type { Signatures } from '../signatures';
import type { Topic } from '../topics/topic';
import { unsubscribeToken } from '../topics/unsubscribeTokens';
import type { Recipient } from './deliveries.reads';
import type { News } from './news';
import { newsButtons } from './newsButtons';
import { newsDays, newsPath, newsSentence } from './newsTexts';

/** A notification in a mail, and the topic for which it is sent. */
export type NewsEntry = { news: News; topic: Topic };

/** Returns the name of a topic within a sentence. */
export const topicName = (topic: Topic): Text => text(`mail.topic.${topic}`);

/** Composes one mail of all notifications that a user has not read, the oldest first. */
export function newsMail(
  { publicUrl, signatures }: { publicUrl: string; signatures: Signatures },
  {
    userId,
    name,
    messagePreviews,
  }: Pick<Recipient, 'userId' | 'name' | 'messagePreviews'>,
  entries: readonly [NewsEntry, ...NewsEntry[]],
): MailTemplate {
  const topics = [...new Set(entries.map(({ topic }) => topic))];
  return {
    subject: subjectOf(entries),
    body: [
      text('mail.helloPerson', { name }),
      ...paragraphsOf(entries.slice(0, MAX_ENTRIES), (news) => ({
        entry: {
          text: newsSentence(news),
          url: `${publicUrl}${newsPath(news)}`,
          quote: newsDays(news) ?? preview(news, messagePreviews),
        },
        buttons: newsButtons(signatures, news).map(({ label, path }) => ({
          label,
          url: `${publicUrl}${path}`,
        })),
      })),
      ...moreThan(MAX_ENTRIES, entries.length, publicUrl),
    ],
    footer: [
      text('news.why', { topics: listText(topics.map(topicName)) }),
      {
        link: {
          label: text('mail.settings'),
          url: `${publicUrl}/account/reach`,
        },
      },
      ...topics.map((topic) => ({
        link: {
          label: text('mail.stop', { topic: topicName(topic) }),
          url: linkWithToken(
            publicUrl,
            'UNSUBSCRIBE',
            unsubscribeToken(signatures, { userId, topic }),
          ),
        },
      })),
    ],
  };
}

/** A notification in a mail: its line, and the buttons below it. */
type Line = {
  entry: Entry;
  buttons: Extract<Paragraph, { buttons: unknown }>['buttons'];
};

/** Sets notifications in lists, which end where a notification has buttons. */
function paragraphsOf(
  entries: readonly NewsEntry[],
  lineOf: (news: News) => Line,
): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let list: Entry[] = [];
  for (const { news } of entries) {
    const { entry, buttons } = lineOf(news);
    if (list.length === 0) paragraphs.push({ entries: list });
    list.push(entry);
    if (buttons.length === 0) continue;
    paragraphs.push({ buttons });
    list = [];
  }
  return paragraphs;
}

/** Most notifications that a mail names: with more, Gmail clips its end. */
const MAX_ENTRIES = 40;

/** Leads to the notifications that a mail does not name. */
const moreThan = (
  most: number,
  count: number,
  publicUrl: string,
): Paragraph[] =>
  count > most
    ? [
        {
          link: {
            label: text('news.seeMore', { count: count - most }),
            url: `${publicUrl}/notifications`,
          },
        },
      ]
    : [];

const preview = ({ message }: News, messagePreviews: boolean) =>
  messagePreviews && message
    ? text('mail.quote', { text: shorten(message) })
    : undefined;

/** Longest part of a message, in characters. */
const MAX_PREVIEW_LENGTH = 150;

/** Cuts a message at a space where there is one, and never within a character. */
function shorten(message: string): string {
  const characters = [...message];
  if (characters.length <= MAX_PREVIEW_LENGTH) return message;
  const start = characters.slice(0, MAX_PREVIEW_LENGTH).join('');
  return `${start.replace(/\s+\S{0,40}$/, '')} …`;
}

function subjectOf([first, ...others]: readonly [
  NewsEntry,
  ...NewsEntry[],
]): Text {
  const sentence = newsSentence(first.news);
  return others.length > 0
    ? text('news.subjectMore', { sentence, count: others.length })
    : sentence;
}
