import type { Reads } from '../database/reads';
import { readNews, type News } from '../deliveries/news';
import { readNewItems } from '../items/items.reads';
import type { NewThing } from '../neighborhoods/newThings.reads';
import { readUnreadIds } from '../notifications/notifications.reads';
import { readNewRecipes } from '../recipes/recipes.reads';
import { NOTIFICATION_KINDS, topicOf } from '../topics/topic';
import { readWaiting, type WaitingTask } from './waitingTasks';

/**
 * Most entries of each list; of items and recipes, in each neighborhood. Gmail does not clip a mail of 20
 * neighborhoods, the most that a user can be in.
 */
const MOST = { items: 6, recipes: 3, news: 8, tasks: 8 };

/** Something new in a neighborhood: the newest of it, and how many there are. */
export type NewThings = { things: NewThing[]; total: number };

/** A neighborhood in which something is new. */
export type DigestNeighborhood = {
  id: string;
  name: string;
  items: NewThings;
  recipes: NewThings;
};

/** Contents of a weekly digest. */
export type Digest = {
  tasks: { waiting: WaitingTask[]; total: number };
  /** Unread notifications that had no mail of their own. */
  news: News[];
  neighborhoods: DigestNeighborhood[];
};

/** Kinds of the notifications that a digest names. */
const NEIGHBORHOOD_KINDS = NOTIFICATION_KINDS.filter(
  (kind) => topicOf(kind) === 'NEIGHBORHOOD',
);

/**
 * Reads what a digest tells a user: what the pages would show them now.
 * @param withNews whether it names notifications, which have no mails of their own
 * @returns null where there is nothing to say
 */
export async function readDigest(
  reads: Reads,
  userId: string,
  { since, until, withNews }: { since: Date; until: Date; withNews: boolean },
): Promise<Digest | null> {
  const viewer = { viewerId: userId, since, until };
  const [items, recipes, unread, tasks] = await Promise.all([
    readNewItems(reads, { ...viewer, most: MOST.items }),
    readNewRecipes(reads, { ...viewer, most: MOST.recipes }),
    withNews
      ? readUnreadIds(reads, userId, {
          kinds: NEIGHBORHOOD_KINDS,
          since,
          until,
          most: MOST.news,
        })
      : [],
    readWaiting(reads, userId, MOST.tasks),
  ]);
  const news =
    unread.length > 0 ? await readNews(reads, userId, unread, new Date()) : [];
  const isEmpty = [items, recipes, news, tasks.waiting].every(
    ({ length }) => length === 0,
  );
  return isEmpty
    ? null
    : { tasks, news, neighborhoods: byNeighborhood(items, recipes) };
}

/** Groups new things by their neighborhoods, in the order of the names. */
function byNeighborhood(
  items: readonly NewThing[],
  recipes: readonly NewThing[],
): DigestNeighborhood[] {
  const names = new Map(
    [...items, ...recipes].map((each) => [
      each.neighborhoodId,
      each.neighborhoodName,
    ]),
  );
  const thingsOf = (all: readonly NewThing[], id: string): NewThings => {
    const things = all.filter(({ neighborhoodId }) => neighborhoodId === id);
    return { things, total: things[0]?.total ?? 0 };
  };
  return [...names]
    .map(([id, name]) => ({
      id,
      name,
      items: thingsOf(items, id),
      recipes: thingsOf(recipes, id),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
