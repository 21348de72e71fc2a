import { text } from '../language/text';
import { createFairQueue, type FairQueue } from './fairQueue';

/**
 * Creates the queue of the searches of all people. A search may read much to find little, and SQLite
 * runs its reads one after the other.
 */
export const createSearchQueue = (): FairQueue =>
  createFairQueue({
    running: { total: 4, person: 2 },
    waiting: { total: 200, person: 20 },
    refusal: text('limits.searches'),
  });

/** Parts of the context that a search needs. */
type Searcher = {
  searches: FairQueue;
  viewer: { userId: string };
  /** Key of the client's network. */
  network: string;
};

/**
 * Reads a list, in turn with the searches of others where it is searched for words.
 * @throws ServiceUnavailable where too many searches wait
 */
export const readInTurn = <T>(
  { searches, viewer, network }: Searcher,
  words: readonly string[] | null,
  read: () => Promise<T>,
): Promise<T> =>
  words ? searches.run({ person: viewer.userId, network }, read) : read();
