import { gql } from '@apollo/client';
import { createCache } from './cache';

const RECIPES = gql`
  query Recipes($after: String) {
    recipes(first: 2, after: $after) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** A cache to which pages of recipes arrive. */
function setUp() {
  const cache = createCache();
  return {
    cache,
    arrive: (
      ids: string[],
      { after = null as string | null, more = true } = {},
    ) =>
      cache.writeQuery({
        query: RECIPES,
        variables: { after },
        data: {
          recipes: {
            __typename: 'RecipeConnection',
            edges: ids.map((id) => ({
              __typename: 'RecipeEdge',
              node: { __typename: 'Recipe', id },
            })),
            pageInfo: {
              __typename: 'PageInfo',
              hasNextPage: more,
              endCursor: ids.at(-1) ?? null,
            },
          },
        },
      }),
    list: () => {
      const data = cache.readQuery<{
        recipes: {
          edges: { node: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string | null };
        };
      }>({ query: RECIPES });
      return {
        ids: data?.recipes.edges.map(({ node }) => node.id).join(''),
        more: data?.recipes.pageInfo.hasNextPage,
        end: data?.recipes.pageInfo.endCursor,
      };
    },
  };
}

test('a next page is appended to the cached list', () => {
  const { arrive, list } = setUp();
  arrive(['f', 'e']);
  arrive(['d', 'c'], { after: 'e', more: false });
  expect(list()).toEqual({ ids: 'fedc', more: false, end: 'c' });
});

test('a page that arrives twice is cached once', () => {
  const { arrive, list } = setUp();
  arrive(['f', 'e']);
  arrive(['d', 'c'], { after: 'e' });
  arrive(['d', 'c'], { after: 'e' });
  expect(list().ids).toBe('fedc');
});

test('new entries are put on top of the cached list, and loaded pages stay', () => {
  const { arrive, list } = setUp();
  arrive(['f', 'e']);
  arrive(['d', 'c'], { after: 'e', more: false });
  arrive(['g', 'f']);
  expect(list()).toEqual({ ids: 'gfedc', more: false, end: 'c' });
});

test('a first page without overlap replaces the cached list', () => {
  const { arrive, list } = setUp();
  arrive(['b', 'a'], { more: false });
  arrive(['z', 'y']);
  expect(list()).toEqual({ ids: 'zy', more: true, end: 'y' });
});

test('an entry that is missing from a complete list leaves the cache', () => {
  const { arrive, list } = setUp();
  arrive(['c', 'b'], { more: true });
  arrive(['a'], { after: 'b', more: false });
  arrive(['c', 'b'], { more: false });
  expect(list()).toEqual({ ids: 'cb', more: false, end: 'b' });
});

test('a deleted entry leaves the cached list', () => {
  const { cache, arrive, list } = setUp();
  arrive(['f', 'e']);
  cache.evict({ id: 'Recipe:f' });
  expect(list().ids).toBe('e');
});

test('a list with another search is cached separately', () => {
  const cache = createCache();
  const query = gql`
    query Items($filter: ItemFilter) {
      items(neighborhoodId: "elm-id", first: 2, filter: $filter) {
        edges {
          node {
            id
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `;
  const arrive = (filter: object | undefined, id: string) =>
    cache.writeQuery({
      query,
      variables: { filter },
      data: {
        items: {
          __typename: 'ItemConnection',
          edges: [{ __typename: 'ItemEdge', node: { __typename: 'Item', id } }],
          pageInfo: {
            __typename: 'PageInfo',
            hasNextPage: false,
            endCursor: id,
          },
        },
      },
    });
  const found = (filter?: object) =>
    cache
      .readQuery<{ items: { edges: { node: { id: string } }[] } }>({
        query,
        variables: { filter },
      })
      ?.items.edges.map(({ node }) => node.id);

  arrive(undefined, 'drill');
  arrive({ search: 'tent' }, 'tent');
  expect(found()).toEqual(['drill']);
  expect(found({ search: 'tent' })).toEqual(['tent']);
  expect(found({ category: 'TOOLS' })).toBeUndefined();
});
