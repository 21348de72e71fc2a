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
 * A growing list, newest first. A page fetched with `after` is appended. A first page fetched again is
 * merged at the top, and the loaded rest is kept as long as the two overlap, so that a list is
 * unchanged when the user returns to it.
 * @param names arguments that identify a list
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

    // The complete list: other entries have left it.
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
    // Deleted entries are no longer in the cache, and are removed from the list.
    return (
      existing && {
        ...existing,
        edges: existing.edges.filter(({ node }) => canRead(node)),
      }
    );
  },
});

/** A growing list of entries with one status. An entry that changes its status is removed at once. */
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

/**
 * Policy of a field that finds an object by its id: objects loaded with a list need no further request.
 */
const byId =
  (__typename: string): FieldReadFunction<Reference | null> =>
  (existing, { args, toReference }) =>
    existing === undefined
      ? toReference({ __typename, id: String(args?.id) })
      : existing;

/** Creates an empty cache with the merge rules of our lists. */
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
      // Only ever the user's own.
      DeliverySettings: { keyFields: [] },
      Loan: { fields: { messages: newestFirst() } },
      Neighborhood: {
        fields: { members: withStatus('ACTIVE'), reports: withStatus('OPEN') },
      },
    },
  });
}
