import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { ItemEntity } from './item.entity';
import type { ItemFilter } from '../generated/operations';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { Items, UpdateItem } from '../testing/items';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { runs } from '../testing/runs';

const page = async (
  api: TestApi,
  person: Person,
  { id: neighborhoodId }: Pick<Neighborhood, 'id'>,
  filter: ItemFilter,
  paging: { first?: number; after?: string | null } = {},
) =>
  (await api.as(person).run(Items, { neighborhoodId, filter, ...paging })).data
    .items;

async function street(api: TestApi) {
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  const find = async (search: string, filter: ItemFilter = {}) =>
    (await page(api, ana, maple, { ...filter, search })).edges.map(
      ({ node }) => node.title,
    );
  return { ana, maple, find };
}

describe.each(DATABASES)('searching items (%s)', (database) => {
  it('a search matches all words, in any order and case', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    await buildItem(api, maple, ana, {
      title: 'Bosch drill',
      description: 'With a case, e-bike charger/holder and 18V battery.',
    });
    await buildItem(api, maple, ana, {
      title: 'Hand drill',
      description: 'Old but good.',
    });

    expect(await find('drill')).toEqual(['Hand drill', 'Bosch drill']);
    expect(await find('DRILL bosch')).toEqual(['Bosch drill']);
    expect(await find('case battery')).toEqual(['Bosch drill']);
    expect(await find('drill saw')).toEqual([]);
    // Also words after a hyphen or a slash, and with digits.
    expect(await find('bike')).toEqual(['Bosch drill']);
    expect(await find('e-bike')).toEqual(['Bosch drill']);
    expect(await find('holder 18v')).toEqual(['Bosch drill']);
  });

  it('a search matches prefixes of words only', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    await buildItem(api, maple, ana, { title: 'Lawnmower', description: '' });

    for (const start of ['l', 'la', 'lawn', 'lawnmower'])
      expect(await find(start)).toEqual(['Lawnmower']);
    expect(await find('mower')).toEqual([]);
    expect(await find('lawnmowers')).toEqual([]);
  });

  it('a search ignores accents in the query and in the item', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    await buildItem(api, maple, ana, {
      title: 'Küchenmaschine',
      description: 'Crème brûlée, дрель, 電動ドリル',
    });

    for (const word of [
      'kuchen',
      'KÜCHEN',
      'ku\u0308chen',
      'creme',
      'brule',
      'дрель',
      '電動',
    ])
      expect(await find(word)).toEqual(['Küchenmaschine']);
  });

  it('a search reflects changed and deleted items', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    const { id } = await buildItem(api, maple, ana, { title: 'Drill' });
    const input = { itemId: id, title: 'Saw', description: '' };
    await api.as(ana).run(UpdateItem, { input });

    expect(await find('drill')).toEqual([]);
    expect(await find('bits')).toEqual([]);
    expect(await find('saw')).toEqual(['Saw']);
    await api.services.orm.em.fork().nativeDelete(ItemEntity, { id });
    expect(await find('saw')).toEqual([]);
  });

  it('the search index stays correct after VACUUM renumbers the rows', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    const titles = ['Anvil', 'Bench', 'Chair', 'Drill'];
    const items = [];
    for (const title of titles)
      items.push(await buildItem(api, maple, ana, { title }));
    const em = api.services.orm.em.fork();
    await em.nativeDelete(ItemEntity, { id: items[0]?.id });

    await em.getConnection().execute('vacuum');

    for (const title of titles.slice(1))
      expect(await find(title)).toEqual([title]);
  });

  it('a search finds active items of its neighborhood only', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    const elm = await buildNeighborhood(api, ana, { name: 'Elm' });
    await buildItem(api, elm, ana, { title: 'Drill in Elm' });
    await buildItem(api, maple, ana, { title: 'Drill', status: 'PAUSED' });
    await buildItem(api, maple, ana, { title: 'Drill', status: 'RETIRED' });
    await buildItem(api, maple, ana, { title: 'Drill in Maple' });

    expect(await find('drill')).toEqual(['Drill in Maple']);
    // The id of the neighborhood is indexed but not searchable.
    expect(await find(maple.id)).toEqual([]);
    expect(await find(maple.id.replaceAll('-', ''))).toEqual([]);
  });

  it('a search can be filtered by category and owner', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    const ben = await buildNeighbor(api, maple, 'ben');
    await buildItem(api, maple, ana, {
      title: 'Garden saw',
      category: 'GARDEN',
    });
    await buildItem(api, maple, ben, { title: 'Saw', category: 'TOOLS' });
    const titles = async (filter: ItemFilter) =>
      (await page(api, ana, maple, filter)).edges.map(({ node }) => node.title);

    expect(await find('saw', { category: 'GARDEN' })).toEqual(['Garden saw']);
    expect(await find('saw', { ownerId: ben.user.id })).toEqual(['Saw']);
    expect(await titles({ category: 'TOOLS' })).toEqual(['Saw']);
    expect(await titles({ ownerId: ana.user.id.toUpperCase() })).toEqual([
      'Garden saw',
    ]);
    expect(await titles({ ownerId: 'nobody' })).toEqual([]);
  });

  it('search results are paginated, newest first', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
    for (let i = 1; i <= 5; i++) {
      await buildItem(api, maple, ana, { title: `Saw ${i}` });
      await buildItem(api, maple, ana, { title: `Drill ${i}` });
    }

    const seen: string[][] = [];
    let after: string | null = null;
    do {
      const { edges, pageInfo }: Awaited<ReturnType<typeof page>> = await page(
        api,
        ana,
        maple,
        { search: 'saw' },
        { first: 2, after },
      );
      await buildItem(api, maple, ana, { title: 'Saw, newer' });
      seen.push(edges.map(({ node }) => node.title));
      after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
    } while (after);

    expect(seen).toEqual([['Saw 5', 'Saw 4'], ['Saw 3', 'Saw 2'], ['Saw 1']]);
  });

  it('an empty search finds all items, and a search without words none', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    await buildItem(api, maple, ana, { title: 'Drill' });

    expect(await find('')).toEqual(['Drill']);
    expect(await find('  \n')).toEqual(['Drill']);
    expect(await find('?!')).toEqual([]);
    expect(await find('🍰')).toEqual([]);
  });

  it('a search never interprets user input as query syntax', async () => {
    const api = await testApp({ database });
    const { ana, maple, find } = await street(api);
    await buildItem(api, maple, ana, { title: 'Drill' });
    const typed = [
      '"',
      "'",
      '"drill',
      'drill*',
      '-drill',
      'NOT drill',
      'drill OR',
      'NEAR(drill saw)',
      'words:drill',
      '^drill',
      'drill & !saw',
      'drill:*',
      '(((',
      '\\',
      'a\0b',
      '\u0301',
      '\u037a',
      '½',
      '\ud800',
      'drill '.repeat(2000),
      'x'.repeat(10_000),
      '🍰'.repeat(2500),
    ];

    for (const search of typed) await find(search);

    expect(await find('"drill*')).toEqual(['Drill']);
    expect(await find('drill '.repeat(2000))).toEqual(['Drill']);
    expect(await find('-drill')).toEqual(['Drill']);
  });

  it('a search succeeds for arbitrary strings', async () => {
    const api = await testApp({ database });
    const { maple, ana, find } = await street(api);
    await buildItem(api, maple, ana, { title: 'Drill' });

    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({
            unit: fc.constantFrom(...'ab"\'*-:^(){}&|!<>\\ \t\u0301é'),
          }),
        ),
        async (search) => {
          // An error would have no data, and throw.
          await find(search);
        },
      ),
      { numRuns: runs(25, 500) },
    );
  });

  it('a search with thousands of matches is newest first too', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
    const em = api.services.orm.em.fork();
    const now = new Date();
    const rows = Array.from({ length: 2100 }, (_, i) => ({
      id: uuidv7(),
      owner: ana.user.id,
      neighborhood: maple.id,
      title: `Box ${i} ${i % 700 === 0 ? 'blue' : 'red'}`,
      description: '',
      searchWords: `box ${i} ${i % 700 === 0 ? 'blue' : 'red'}`,
      category: 'OTHER' as const,
      maxLoanDays: 7,
      bufferDays: 0,
      pickupNote: '',
      status: 'ACTIVE' as const,
      createdAt: now,
      updatedAt: now,
    }));
    for (let from = 0; from < rows.length; from += 300)
      await em.insertMany(ItemEntity, rows.slice(from, from + 300));

    const boxes = await page(api, ana, maple, { search: 'box' }, { first: 3 });
    const next = await page(
      api,
      ana,
      maple,
      { search: 'box' },
      { first: 1, after: boxes.pageInfo.endCursor },
    );
    const blue = await page(api, ana, maple, { search: 'box blue' });

    const titles = ({ edges }: typeof boxes) =>
      edges.map(({ node }) => node.title);
    expect(titles(boxes)).toEqual([
      'Box 2099 red',
      'Box 2098 red',
      'Box 2097 red',
    ]);
    expect(titles(next)).toEqual(['Box 2096 red']);
    expect(titles(blue)).toEqual([
      'Box 1400 blue',
      'Box 700 blue',
      'Box 0 blue',
    ]);
  });
});
