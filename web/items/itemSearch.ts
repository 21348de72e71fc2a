import type { ItemCategory, ItemFilter } from '../generated/types';
import { isCategory } from './itemCategory';
import { isDay } from '../ui/day';

/** What somebody looks for among the things of a neighborhood. It lives in the page's address. */
export type ItemSearch = {
  /** Empty if they do not look for words. */
  words: string;
  category: ItemCategory | null;
  /** Free from this day on; null together with `to`. */
  from: string | null;
  /** Free up to this day. */
  to: string | null;
};

/** Looking for nothing in particular. */
export const EVERYTHING: ItemSearch = {
  words: '',
  category: null,
  from: null,
  to: null,
};

/** What an address says that is looked for; what makes no sense in it is left out. */
export function readSearch(address: URLSearchParams): ItemSearch {
  const category = address.get('category');
  const from = address.get('from');
  const to = address.get('to');
  const hasDays = isDay(from) && isDay(to) && from <= to;
  return {
    words: address.get('search')?.trim() ?? '',
    category: isCategory(category) ? category : null,
    from: hasDays ? from : null,
    to: hasDays ? to : null,
  };
}

/** The same as an address: `readSearch` gives it back. */
export function writeSearch(search: ItemSearch): URLSearchParams {
  const { words, category, from, to } = search;
  const names = { search: words, category, from, to };
  return new URLSearchParams(
    Object.entries(names).filter(
      (entry): entry is [string, string] => entry[1] != null && entry[1] !== '',
    ),
  );
}

/** The same for the API; undefined where everything is looked for. */
export function filterOf(search: ItemSearch): ItemFilter | undefined {
  const { words, category, from, to } = search;
  if (isEverything(search)) return undefined;
  return {
    ...(words !== '' && { search: words }),
    ...(category && { category }),
    ...(from && to && { availableFrom: from, availableTo: to }),
  };
}

/** Whether nothing in particular is looked for. */
export function isEverything({ words, category, from }: ItemSearch): boolean {
  return words === '' && category == null && from == null;
}
