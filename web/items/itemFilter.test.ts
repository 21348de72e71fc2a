import { NO_FILTER, filterInput, readFilter, writeFilter } from './itemFilter';

const read = (address: string) => readFilter(new URLSearchParams(address));

test('an item filter survives the round trip through the URL', () => {
  const search = {
    text: 'drill & bits',
    category: 'TOOLS',
    from: '2026-05-01',
    to: '2026-05-04',
  } as const;
  expect(read(writeFilter(search).toString())).toEqual(search);
  expect(filterInput(search)).toEqual({
    search: 'drill & bits',
    category: 'TOOLS',
    availableFrom: '2026-05-01',
    availableTo: '2026-05-04',
  });
});

test('an empty item filter leaves the URL unchanged and sends no filter', () => {
  expect(writeFilter(NO_FILTER).toString()).toBe('');
  expect(read('')).toEqual(NO_FILTER);
  expect(filterInput(NO_FILTER)).toBeUndefined();
});

test.each([
  ['a kind that does not exist', 'category=WEAPONS'],
  ['a word that every object knows', 'category=toString'],
  ['one day alone', 'from=2026-05-01'],
  ['a day that does not exist', 'from=2026-02-30&to=2026-03-01'],
  ['days in the wrong order', 'from=2026-05-04&to=2026-05-01'],
  ['blanks', 'search=%20%20'],
])('an invalid %s in the URL is ignored', (_, address) => {
  expect(read(address)).toEqual(NO_FILTER);
});
