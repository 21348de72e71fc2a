import type { Recipient } from '../deliveries/deliveries.reads';
import { topicName } from '../deliveries/newsMail';
import { newsPath, newsSentence } from '../deliveries/newsTexts';
import { text, type Text } from '../language/text';
import { linkWithToken } from '../mail/links';
import type { Entry, MailTemplate, Paragraph } from '../mail/mailTemplate';
import type { NewThing } from '../neighborhoods/newThings.reads';
import type { Signatures } from '../signatures';
import { unsubscribeToken } from '../topics/unsubscribeTokens';
import { personName } from '../users/personName';
import type { Digest, DigestNeighborhood, NewThings } from './digest';
import { taskSentence } from './waitingTasks';

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
      text('mail.helloPerson', { name }),
      ...section(text('digests.waiting'), waiting, {
        total: tasks.total,
        url: `${publicUrl}/`,
      }),
      ...section(text('digests.unread'), unread),
      ...neighborhoods.flatMap((each) => newIn(publicUrl, each)),
    ],
    footer: [
      text('digests.why', { topic: topicName('WEEKLY_DIGEST') }),
      {
        link: {
          label: text('mail.settings'),
          url: `${publicUrl}/account/reach`,
        },
      },
      {
        link: {
          label: text('mail.stop', { topic: topicName('WEEKLY_DIGEST') }),
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
function subjectOf(neighborhoods: readonly DigestNeighborhood[]): Text {
  const [first, second] = neighborhoods.map(({ name }) => name);
  if (first === undefined) return text('digests.subjectWaiting');
  if (second === undefined)
    return text('digests.subjectOne', { neighborhood: first });
  return neighborhoods.length === 2
    ? text('digests.subjectTwo', { first, second })
    : text('digests.subjectMany', { first, count: neighborhoods.length - 1 });
}

const newIn = (
  publicUrl: string,
  { id, name, items, recipes }: DigestNeighborhood,
): Paragraph[] => [
  ...section(
    text('digests.newItems', { neighborhood: name }),
    entriesOf(`${publicUrl}/items`, items),
    { total: items.total, url: `${publicUrl}/n/${id}/items` },
  ),
  ...section(
    text('digests.newRecipes', { neighborhood: name }),
    entriesOf(`${publicUrl}/recipes`, recipes),
    { total: recipes.total, url: `${publicUrl}/n/${id}/recipes` },
  ),
];

const entriesOf = (page: string, { things }: NewThings): Entry[] =>
  things.map(({ id, title, personName: owner }: NewThing) => ({
    text: text('digests.entry', {
      title: text('mail.quote', { text: title }),
      person: personName(owner),
    }),
    url: `${page}/${id}`,
  }));

/** Lists entries below a sentence, with a link to the others where there are more. @returns none for no entries */
function section(
  sentence: Text,
  entries: Entry[],
  all?: { total: number; url: string },
): Paragraph[] {
  if (entries.length === 0) return [];
  const more = all ? all.total - entries.length : 0;
  const rest =
    all && more > 0
      ? [{ text: text('digests.more', { count: more }), url: all.url }]
      : [];
  return [sentence, { entries: [...entries, ...rest] }];
}
