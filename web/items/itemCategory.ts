import type { ItemCategory } from '../generated/types';

/** Label of each item category, in display order. */
export const CATEGORY_LABELS: Record<ItemCategory, string> = {
  TOOLS: 'Tools',
  GARDEN: 'Garden',
  KITCHEN: 'Kitchen',
  HOUSEHOLD: 'Household',
  ELECTRONICS: 'Electronics',
  SPORTS: 'Sports',
  TRAVEL: 'Travel and camping',
  BIKES: 'Bikes',
  KIDS: 'Kids',
  LEISURE: 'Books, games and music',
  PARTY: 'Party',
  OTHER: 'Everything else',
};

/** Options of a select of categories, in display order. */
export const CATEGORY_OPTIONS = Object.entries(CATEGORY_LABELS).map(
  ([value, label]) => ({ value, label }),
);

/** Tells whether a text names a category: anything can be typed into the address bar. */
export function isCategory(
  text: string | null | undefined,
): text is ItemCategory {
  return text != null && Object.hasOwn(CATEGORY_LABELS, text);
}
