import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { buildItem, buildRecipe } from './buildItems';
import { buildNeighborhood } from './buildNeighborhoods';
import type { Person } from './buildPeople';
import type { TestApi } from './testApp';

/** A page of search results. */
export type Found = {
  titles: string[];
  endCursor: string | null;
  hasNextPage: boolean;
};

type Connection = {
  edges: { node: { title: string } }[];
  pageInfo: Omit<Found, 'titles'>;
};

/** Variables of a search. */
type Search = { search: string | null; first?: number; after?: string | null };

const PAGE = 'edges { node { title } } pageInfo { endCursor hasNextPage }';
const PAGING = '$first: Int = 50, $after: String';

/** The searches of the API, with a function that creates an entry to be found. */
export const SEARCHES = {
  items: {
    table: 'items',
    query: `query ($id: ID!, $search: String, ${PAGING}) {
      page: items(neighborhoodId: $id, filter: { search: $search }, first: $first, after: $after) { ${PAGE} } }`,
    create: (api: TestApi, street: Neighborhood, person: Person, title = '') =>
      buildItem(api, street, person, { title, description: '' }),
  },
  recipes: {
    table: 'recipes',
    query: `query ($id: ID!, $search: String, ${PAGING}) {
      page: recipes(neighborhoodId: $id, search: $search, first: $first, after: $after) { ${PAGE} } }`,
    create: (api: TestApi, street: Neighborhood, person: Person, title = '') =>
      buildRecipe(api, street, person, { title, instructions: '' }),
  },
  neighborhoods: {
    table: 'neighborhoods',
    query: `query ($search: String, ${PAGING}) {
      page: neighborhoods(search: $search, first: $first, after: $after) {
        ${PAGE.replace('title', 'title: name')} } }`,
    create: (api: TestApi, _: Neighborhood, person: Person, title = '') =>
      buildNeighborhood(api, person, { name: title }),
  },
} as const;

/** Name of a search. */
export type SearchName = keyof typeof SEARCHES;

/** Names of all searches, for `it.each`. */
export const SEARCH_NAMES = Object.keys(SEARCHES) as SearchName[];

/** Searches as a person. @returns a page of titles, or of names of neighborhoods */
export async function runSearch(
  api: TestApi,
  person: Person,
  { id }: Pick<Neighborhood, 'id'>,
  name: SearchName,
  search: Search,
): Promise<Found> {
  const { page } = (
    await api
      .as(person)
      .run<{ page: Connection }, object>(SEARCHES[name].query, {
        ...(name !== 'neighborhoods' && { id }),
        ...search,
      })
  ).data;
  return { titles: page.edges.map(({ node }) => node.title), ...page.pageInfo };
}
