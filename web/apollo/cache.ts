import type {
  FieldPolicy,
  FieldReadFunction,
  Reference,
} from '@apollo/client/cache';
import { InMemoryCache } from '@apollo/client/cache';

type Connection = {
  edges: readonly { node: Reference }[];
  pageInfo: { hasNextPage?: boolean };
};

const refsOf = ({ edges }: Connection) =>
  new Set(edges.map(({ node }) => node.__ref));

/**
 * A growing list, newest first. A page asked for with `after` goes to the end. The
 * first page asked for anew goes to the top, and what was loaded behind it stays
 * as long as the two overlap, so that going back to a list finds it as it was left.
 * @param names the arguments that make it another list
 */
const newestFirst = (...names: string[]): FieldPolicy<Connection> => ({
  // Lists of different page sizes are different lists: home shows three.
  keyArgs: ['first', ...names],

  merge(existing, incoming, { args }) {
    if (!existing) return incoming;
    const arrived = refsOf(incoming);
    const others = existing.edges.filter(
      ({ node }) => !arrived.has(node.__ref),
    );

    if (args?.after != null)
      return { ...incoming, edges: [...others, ...incoming.edges] };

    // All there is: whatever else was in the list has left it.
    if (incoming.pageInfo.hasNextPage === false) return incoming;
    const last = incoming.edges.at(-1)?.node.__ref;
    const end = existing.edges.findIndex(({ node }) => node.__ref === last);
    if (end < 0) return incoming;
    const tail = existing.edges.slice(end + 1);
    return {
      ...(tail.length > 0 ? existing : incoming),
      edges: [
        ...incoming.edges,
        ...tail.filter(({ node }) => !arrived.has(node.__ref)),
      ],
    };
  },

  read(existing, { canRead }) {
    // Deleted entries have left the cache, and so leave the list.
    return (
      existing && {
        ...existing,
        edges: existing.edges.filter(({ node }) => canRead(node)),
      }
    );
  },
});

/** A growing list of those with one status: what changes its status leaves it at once. */
function withStatus(usual: string): FieldPolicy<Connection> {
  const policy = newestFirst('status');
  return {
    ...policy,
    read: (existing, { args, readField }) => {
      const status: unknown = args?.status ?? usual;
      return (
        existing && {
          ...existing,
          edges: existing.edges.filter(
            ({ node }) => readField('status', node) === status,
          ),
        }
      );
    },
  };
}

/** A field that finds one thing by its id: what came with a list opens without asking again. */
const byId =
  (__typename: string): FieldReadFunction<Reference | null> =>
  (existing, { args, toReference }) =>
    existing === undefined
      ? toReference({ __typename, id: String(args?.id) })
      : existing;

/** An empty cache that knows how our lists grow. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          neighborhoods: newestFirst('search'),
          recipes: newestFirst('neighborhoodId', 'search'),
          recipe: byId('Recipe'),
          items: newestFirst('neighborhoodId', 'filter'),
          myItems: newestFirst('status'),
          item: byId('Item'),
          myLoans: newestFirst('role', 'open'),
          loan: byId('Loan'),
          myNotifications: newestFirst(),
        },
      },
      Loan: { fields: { messages: newestFirst() } },
      Neighborhood: {
        fields: { members: withStatus('ACTIVE'), reports: withStatus('OPEN') },
      },
    },
  });
}
