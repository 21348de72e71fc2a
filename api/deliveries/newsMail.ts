import { linkWithToken } from '../mail/links';
import {
  isolate,
  type MailTemplate,
  type Paragraph,
} from '../mail/mailTemplate';
import type { Signatures } from '../signatures';
import type { Topic } from '../topics/topic';
import { unsubscribeToken } from '../topics/unsubscribeTokens';
import type { Recipient } from './deliveries.reads';
import type { News } from './news';
import { newsButtons } from './newsButtons';
import { newsDays, newsPath, newsSentence } from './newsTexts';

/** A notification in a mail, and the topic for which it is sent. */
export type NewsEntry = { news: News; topic: Topic };

/** Names of topics within a sentence. */
export const TOPIC_NAMES: Record<Topic, string> = {
  MY_LOANS: 'your loans',
  MESSAGES: 'messages',
  DUE_DATES: 'due dates',
  NEIGHBORHOOD: 'your neighborhood',
  STEWARDS_WORK: 'the work of stewards',
  WEEKLY_DIGEST: 'the week in your neighborhoods',
};

/** Composes one mail of all notifications that a user has not read, the oldest first. */
export function newsMail(
  { publicUrl, signatures }: { publicUrl: string; signatures: Signatures },
  { userId, name, messagePreviews }: Recipient,
  entries: readonly [NewsEntry, ...NewsEntry[]],
): MailTemplate {
  const topics = [...new Set(entries.map(({ topic }) => topic))];
  return {
    subject: subjectOf(entries),
    body: [
      `Hello ${isolate(name)}!`,
      ...paragraphsOf(entries.slice(0, MAX_ENTRIES), (news) => ({
        sentence: {
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
      `You get this mail because you have not read it in the app yet, and have chosen mails about ${topics.map((topic) => TOPIC_NAMES[topic]).join(', ')}.`,
      {
        link: {
          label: 'Choose how we reach you',
          url: `${publicUrl}/account/reach`,
        },
      },
      ...topics.map((topic) => ({
        link: {
          label: `Get no more mails about ${TOPIC_NAMES[topic]}`,
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
  sentence: Extract<Paragraph, { list: unknown }>['list'][number];
  buttons: Extract<Paragraph, { buttons: unknown }>['buttons'];
};

/** Sets notifications in lists, which end where a notification has buttons. */
function paragraphsOf(
  entries: readonly NewsEntry[],
  lineOf: (news: News) => Line,
): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let list: Line['sentence'][] = [];
  for (const { news } of entries) {
    const { sentence, buttons } = lineOf(news);
    if (list.length === 0) paragraphs.push({ list });
    list.push(sentence);
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
            label: `See ${count - most} more`,
            url: `${publicUrl}/notifications`,
          },
        },
      ]
    : [];

const preview = ({ message }: News, messagePreviews: boolean) =>
  messagePreviews && message ? `“${isolate(shorten(message))}”` : undefined;

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
]): string {
  const sentence = newsSentence(first.news);
  return others.length > 0
    ? `${sentence} (and ${others.length} more)`
    : sentence;
}
