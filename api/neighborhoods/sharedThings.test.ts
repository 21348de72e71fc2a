import { buildItem, buildRecipe } from '../testing/buildItems';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';

type Page = {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean };
};
type Shared = { items: Page; recipes: Page };

const PAGE =
  '{ edges { cursor node { id title } } pageInfo { hasNextPage endCursor } }';

/** Reads the items and recipes of a neighborhood, as its fields and as root fields. */
async function read(caller: Caller, id: string, search: string | null) {
  const { data } = await caller.run<
    { neighborhood: Shared | null } & Shared,
    object
  >(
    `query ($id: ID!, $search: String) {
      neighborhood(id: $id) {
        items(first: 1, filter: { search: $search }) ${PAGE}
        recipes(first: 1, search: $search) ${PAGE}
      }
      items(neighborhoodId: $id, first: 1, filter: { search: $search }) ${PAGE}
      recipes(neighborhoodId: $id, first: 1, search: $search) ${PAGE}
    }`,
    { id, search },
  );
  return data;
}

describe.each(DATABASES)('Neighborhood.items and recipes (%s)', (database) => {
  it('are the pages of the queries of the same name', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    for (const title of ['Drill', 'Ladder'])
      await buildItem(api, street, ana, { title });
    await buildRecipe(api, street, ana, { title: 'Soup' });
    const elsewhere = await buildNeighborhood(api, ana);
    await buildItem(api, elsewhere, ana, { title: 'Drill' });
    const ben = await buildNeighbor(api, street, 'ben');

    for (const search of [null, 'drill', 'soup']) {
      const { neighborhood, ...roots } = await read(
        api.as(ben),
        street.id,
        search,
      );
      expect(neighborhood).toEqual(roots);
    }
    const { items, recipes } = await read(api.as(ben), street.id, null);
    expect([items, recipes]).toMatchObject([
      {
        edges: [{ node: { title: 'Ladder' } }],
        pageInfo: { hasNextPage: true },
      },
      {
        edges: [{ node: { title: 'Soup' } }],
        pageInfo: { hasNextPage: false },
      },
    ]);
  });

  it('are empty for those who are no members', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const eve = await buildPerson(api, 'eve');
    const street = await buildNeighborhood(api, ana);
    await buildItem(api, street, ana);
    await buildRecipe(api, street, ana);

    const { neighborhood } = await read(api.as(eve), street.id, null);

    expect(neighborhood?.items.edges).toEqual([]);
    expect(neighborhood?.recipes.edges).toEqual([]);
  });
});
