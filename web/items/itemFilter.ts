import type { ItemCategory, ItemFilter } from '../generated/types';
import { isCategory } from './itemCategory';
import { isDay } from '../ui/dates';

/** Filter of a neighborhood's items, stored in the URL. */
export type ItemFilterState = {
  /** Empty for no text search. */
  text: string;
  category: ItemCategory | null;
  /** Free from this day on; null together with `to`. */
  from: string | null;
  /** Free up to this day. */
  to: string | null;
};

/** The empty filter. */
export const NO_FILTER: ItemFilterState = {
  text: '',
  category: null,
  from: null,
  to: null,
};

/** Reads the filter from a URL and ignores invalid parts. */
export function readFilter(params: URLSearchParams): ItemFilterState {
  const category = params.get('category');
  const from = params.get('from');
  const to = params.get('to');
  const hasDays = isDay(from) && isDay(to) && from <= to;
  return {
    text: params.get('search')?.trim() ?? '',
    category: isCategory(category) ? category : null,
    from: hasDays ? from : null,
    to: hasDays ? to : null,
  };
}

/** Returns the filter as URL parameters for `readFilter`. */
export function writeFilter(filter: ItemFilterState): URLSearchParams {
  const { text, category, from, to } = filter;
  const entries = { search: text, category, from, to };
  return new URLSearchParams(
    Object.entries(entries).filter(
      (entry): entry is [string, string] => entry[1] != null && entry[1] !== '',
    ),
  );
}

/** Returns the filter as input of the API; undefined for the empty filter. */
export function filterInput(filter: ItemFilterState): ItemFilter | undefined {
  const { text, category, from, to } = filter;
  if (isUnfiltered(filter)) return undefined;
  return {
    ...(text !== '' && { search: text }),
    ...(category && { category }),
    ...(from && to && { availableFrom: from, availableTo: to }),
  };
}

/** Tells whether the filter is empty. */
export function isUnfiltered({
  text,
  category,
  from,
}: ItemFilterState): boolean {
  return text === '' && category == null && from == null;
}
