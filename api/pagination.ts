import { validate as isUuid } from 'uuid';
import { BadUserInput } from './errors';
import { untranslated } from './language/text';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 50;

/** Sorts before every UUIDv7: the start of a walk from the oldest to the newest. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Sorts after every UUIDv7: the start of a list that goes from the newest to the oldest. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Returns the smallest UUIDv7 of a moment. */
export function firstIdOf(moment: Date): string {
  const time = moment.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** A page of a list, newest first. */
export type Page = { first: number; after: string | null };

/**
 * Checks the arguments of a connection field.
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
    throw new BadUserInput(
      untranslated(`"first" must be from 1 to ${MAX_PAGE_SIZE}`),
    );
  if (after !== null && !isUuid(after))
    throw new BadUserInput(
      untranslated(
        '"after" must be a cursor of this list, as in pageInfo.endCursor',
      ),
    );
  return { first, after };
}

/**
 * Builds a Relay connection from rows in the order of their UUIDv7 ids.
 * @param rows up to `first + 1`: the extra row shows that there is another page
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
