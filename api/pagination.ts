import { validate as isUuid } from 'uuid';
import { BadUserInput } from './errors';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 50;

/** Comes after every UUIDv7: where a list begins that goes from the newest to the oldest. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Which page of a list, newest first. */
export type Page = { first: number; after: string | null };

/**
 * The page that the arguments of a connection field ask for, checked before the database sees
 * them: no form sends anything else.
 * @throws BadUserInput naming the argument
 */
export function toPage(args: {
  first?: number | null;
  after?: string | null;
}): Page {
  const { first, after } = {
    first: args.first ?? DEFAULT_PAGE_SIZE,
    after: args.after?.toLowerCase() ?? null,
  };
  if (first < 1 || first > MAX_PAGE_SIZE)
    throw new BadUserInput(`"first" must be from 1 to ${MAX_PAGE_SIZE}`);
  if (after !== null && !isUuid(after))
    throw new BadUserInput(
      '"after" must be a cursor of this list, as in pageInfo.endCursor',
    );
  return { first, after };
}

/**
 * A Relay connection out of rows whose id is their place in the list, as UUIDv7 are.
 * @param rows up to `first + 1` of them: the one too many says that there is another page
 */
export function toConnection<Node extends { id: string }>(
  rows: readonly Node[],
  { first, after }: Page,
) {
  const edges = rows.slice(0, first).map((node) => ({ cursor: node.id, node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
