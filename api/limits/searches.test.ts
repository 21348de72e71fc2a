import { buildMapleStreet, buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { runSearch, SEARCH_NAMES } from '../testing/searches';
import type { Reads } from '../database/reads';
import type { TestApi } from '../testing/testApp';

/** Holds back the reads of searches until they are released, and counts them. */
function holdSearches({ services: { reads } }: TestApi) {
  const all: Reads['all'] = reads.all.bind(reads);
  const held: (() => void)[] = [];
  jest.spyOn(reads, 'all').mockImplementation(async (query) => {
    if (query.sql.includes('_words'))
      await new Promise<void>((resolve) => held.push(resolve));
    return all(query);
  });
  return held;
}

/** Waits until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('searches of many people', () => {
  it.each(SEARCH_NAMES)(
    'a person who searches %s without end waits alone, and others are served',
    async (name) => {
      const { api, ana, maple } = await buildMapleStreet();
      const ben = await buildNeighbor(api, maple, 'ben');
      await buildItem(api, maple, ana);
      const held = holdSearches(api);
      const search = (person: typeof ana) =>
        runSearch(api, person, maple, name, { search: 'drill' });

      const greedy = Array.from({ length: 22 }, () => search(ana));
      await until(() => api.services.searches.waiting === 20);
      expect(held).toHaveLength(2);
      await expect(search(ana)).rejects.toThrow('Too many searches');
      const modest = search(ben);
      await until(() => held.length === 3);
      held.pop()?.();
      await modest;

      // Of Ana's, two ran at a time.
      let done = 0;
      while (done < greedy.length) {
        await until(() => held.length > 0);
        expect(held.length).toBeLessThanOrEqual(2);
        held.pop()?.();
        done += 1;
      }
      expect(await Promise.all(greedy)).toHaveLength(22);
    },
  );

  it('lists without words do not wait for searches', async () => {
    const { api, ana, maple } = await buildMapleStreet();
    const held = holdSearches(api);
    const search = (words: string | null) =>
      runSearch(api, ana, maple, 'items', { search: words });
    const searches = [search('a'), search('b'), search('c')];
    await until(() => held.length === 2);

    expect((await search(null)).titles).toEqual([]);

    let released = 0;
    while (released < searches.length) {
      await until(() => held.length > 0);
      held.pop()?.();
      released += 1;
    }
    await Promise.all(searches);
  });
});
