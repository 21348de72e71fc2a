import type { Recipient } from '../deliveries/deliveries.reads';
import { TOPIC_NAMES } from '../deliveries/newsMail';
import { newsPath, newsSentence } from '../deliveries/newsTexts';
import { linkWithToken } from '../mail/links';
import {
  isolate,
  type MailTemplate,
  type Paragraph,
} from '../mail/mailTemplate';
import type { NewThing } from '../neighborhoods/newThings.reads';
import type { Signatures } from '../signatures';
import { unsubscribeToken } from '../topics/unsubscribeTokens';
import type { Digest, DigestNeighborhood, NewThings } from './digest';
import { taskSentence } from './waitingTasks';

type Entries = Extract<Paragraph, { list: unknown }>['list'][number][];

/** Composes the weekly mail: what waits for a user, and what is new in each of their neighborhoods. */
export function digestMail(
  { publicUrl, signatures }: { publicUrl: string; signatures: Signatures },
  { userId, name }: Pick<Recipient, 'userId' | 'name'>,
  { tasks, news, neighborhoods }: Digest,
): MailTemplate {
  const waiting = tasks.waiting.map((task) => ({
    text: taskSentence(task),
    url: `${publicUrl}${task.path}`,
  }));
  const unread = news.map((each) => ({
    text: newsSentence(each),
    url: `${publicUrl}${newsPath(each)}`,
  }));
  return {
    subject: subjectOf(neighborhoods),
    body: [
      `Hello ${isolate(name)}!`,
      ...section('What waits for you:', waiting, {
        total: tasks.total,
        url: `${publicUrl}/`,
      }),
      ...section('What you have not read yet:', unread),
      ...neighborhoods.flatMap((each) => newIn(publicUrl, each)),
    ],
    footer: [
      `You get this mail once a week, on Saturday, because you have chosen mails about ${TOPIC_NAMES.WEEKLY_DIGEST}.`,
      {
        link: {
          label: 'Choose how we reach you',
          url: `${publicUrl}/account/reach`,
        },
      },
      {
        link: {
          label: `Get no more mails about ${TOPIC_NAMES.WEEKLY_DIGEST}`,
          url: linkWithToken(
            publicUrl,
            'UNSUBSCRIBE',
            unsubscribeToken(signatures, { userId, topic: 'WEEKLY_DIGEST' }),
          ),
        },
      },
    ],
  };
}

/** Names one neighborhood or two; of more, the first and their number. */
function subjectOf(neighborhoods: readonly DigestNeighborhood[]): string {
  const [first, second] = neighborhoods.map(({ name }) => isolate(name));
  if (!first) return 'This week: what waits for you';
  if (!second) return `This week on ${first}`;
  return neighborhoods.length === 2
    ? `This week on ${first} and ${second}`
    : `This week on ${first} and in ${neighborhoods.length - 1} other neighborhoods`;
}

const newIn = (
  publicUrl: string,
  { id, name, items, recipes }: DigestNeighborhood,
): Paragraph[] => [
  ...section(
    `${isolate(name)}, new to borrow:`,
    entriesOf(`${publicUrl}/items`, items),
    { total: items.total, url: `${publicUrl}/n/${id}/items` },
  ),
  ...section(
    `${isolate(name)}, new recipes:`,
    entriesOf(`${publicUrl}/recipes`, recipes),
    { total: recipes.total, url: `${publicUrl}/n/${id}/recipes` },
  ),
];

const entriesOf = (page: string, { things }: NewThings): Entries =>
  things.map(({ id, title, personName }: NewThing) => ({
    text: `“${isolate(title)}” from ${isolate(personName)}`,
    url: `${page}/${id}`,
  }));

/** Lists entries below a sentence, with a link to the others where there are more. @returns none for no entries */
function section(
  sentence: string,
  entries: Entries,
  all?: { total: number; url: string },
): Paragraph[] {
  if (entries.length === 0) return [];
  const more = all ? all.total - entries.length : 0;
  const rest = all && more > 0 ? [{ text: `${more} more`, url: all.url }] : [];
  return [sentence, { list: [...entries, ...rest] }];
}
