import fc from 'fast-check';
import { buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { runs } from '../testing/runs';
import { SEARCH_CASES } from '../testing/searchPairs';
import {
  runSearch,
  SEARCHES,
  SEARCH_NAMES,
  type SearchName,
} from '../testing/searches';
import { testApp } from '../testing/testApp';
import { toWords } from './searchWords';

const ON_EACH = DATABASES.flatMap((database) =>
  SEARCH_NAMES.map((name): [SearchName, DatabaseName] => [name, database]),
);

/** Starts a server with one person in one neighborhood. */
async function buildStreet(database: DatabaseName, name: SearchName) {
  const api = await testApp({ database });
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  const create = (title: string) =>
    SEARCHES[name].create(api, maple, ana, title);
  const find = (
    search: string | null,
    paging: { first?: number; after?: string | null } = {},
  ) => runSearch(api, ana, maple, name, { search, ...paging });
  return { api, create, find };
}

describe.each(ON_EACH)('the search of %s on %s', (name, database) => {
  it('a search finds texts in many scripts however they are spelled, and nothing else', async () => {
    const { create, find } = await buildStreet(database, name);
    for (const [text] of SEARCH_CASES) await create(text);

    const wrong: string[] = [];
    for (const [text, found, notFound] of SEARCH_CASES) {
      for (const search of [text, ...found])
        if (!(await find(search)).titles.includes(text))
          wrong.push(`${search} does not find ${text}`);
      for (const search of notFound)
        if ((await find(search)).titles.includes(text))
          wrong.push(`${search} finds ${text}`);
    }

    expect(wrong).toEqual([]);
  });

  it('a page continues after its last entry was deleted', async () => {
    const { api, create, find } = await buildStreet(database, name);
    const ids: string[] = [];
    for (const number of [0, 1, 2, 3, 4, 5])
      ids.push((await create(`Soup ${number}`)).id);
    const remove = async (id: string | undefined) => {
      const connection = api.services.orm.em.getConnection();
      if (name === 'neighborhoods')
        await connection.execute(
          `delete from memberships where neighborhood_id = '${id}'`,
        );
      await connection.execute(
        `delete from ${SEARCHES[name].table} where id = '${id}'`,
      );
    };

    const first = await find('soup', { first: 2 });
    await remove(ids[4]);
    const second = await find('soup', { first: 2, after: first.endCursor });
    await remove(ids[2]);
    await remove(ids[1]);
    const third = await find('soup', { first: 2, after: second.endCursor });
    await remove(ids[0]);
    const fourth = await find('soup', { first: 2, after: third.endCursor });

    expect(first.titles).toEqual(['Soup 5', 'Soup 4']);
    expect(second.titles).toEqual(['Soup 3', 'Soup 2']);
    expect([second.hasNextPage, third.titles]).toEqual([true, ['Soup 0']]);
    expect([fourth.titles, fourth.hasNextPage]).toEqual([[], false]);
  });

  it('an entry is found by its own title, whatever it is', async () => {
    const { create, find } = await buildStreet(database, name);
    // Neither database stores NUL or halves of surrogate pairs.
    const storable = (text: string) => text.replace(/[\0\p{Cs}]/gu, '');

    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }).map(storable),
          fc.string({ unit: 'grapheme', maxLength: 60 }),
          fc.string({
            unit: fc.constantFrom(
              ..."aß½ⅧC+#.-' 電ドﾄﾞ한ㄱท้क्ابَﷺ🎸🇩🇪\u200d\u0301",
            ),
          }),
        ),
        async (title) => {
          if (!toWords(title)?.length) return;
          await create(title);
          expect((await find(title, { first: 1 })).titles).toEqual([title]);
        },
      ),
      { numRuns: runs(40, 1000) },
    );
  });

  it('a search of any length is cut before it is read', async () => {
    const { create, find } = await buildStreet(database, name);
    await create('Drill');

    // Each search is almost as long as a request may be.
    for (const search of [
      'x'.repeat(95_000),
      '\u0315\u0316'.repeat(23_000),
      '電'.repeat(30_000),
      'ﷺ'.repeat(30_000),
      `${'a'.repeat(1000)}c `.repeat(90),
      '%_'.repeat(45_000),
      '🎸'.repeat(23_000),
    ]) {
      const began = process.cpuUsage();
      await find(search);
      const { user } = process.cpuUsage(began);
      expect(user / 1000).toBeLessThan(1000);
    }

    expect((await find('drill '.repeat(5000))).titles).toEqual(['Drill']);
  });
});
