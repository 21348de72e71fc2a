import type { ItemCategory } from '../generated/types';
import { t } from '../languages/texts';

/** Message of each item category, in display order. */
const CATEGORY_MESSAGES = {
  TOOLS: 'items.category.TOOLS',
  GARDEN: 'items.category.GARDEN',
  KITCHEN: 'items.category.KITCHEN',
  HOUSEHOLD: 'items.category.HOUSEHOLD',
  ELECTRONICS: 'items.category.ELECTRONICS',
  SPORTS: 'items.category.SPORTS',
  TRAVEL: 'items.category.TRAVEL',
  BIKES: 'items.category.BIKES',
  KIDS: 'items.category.KIDS',
  LEISURE: 'items.category.LEISURE',
  PARTY: 'items.category.PARTY',
  OTHER: 'items.category.OTHER',
} as const satisfies { [Name in ItemCategory]: `items.category.${Name}` };

/** Returns the name of a category. */
export const categoryLabel = (category: ItemCategory): string =>
  t(CATEGORY_MESSAGES[category]);

/** Lists the options of a select of categories, in display order. */
export const categoryOptions = (): { value: string; label: string }[] =>
  Object.entries(CATEGORY_MESSAGES).map(([value, message]) => ({
    value,
    label: t(message),
  }));

/** Tells whether a text names a category: anything can be typed into the address bar. */
export function isCategory(
  text: string | null | undefined,
): text is ItemCategory {
  return text != null && Object.hasOwn(CATEGORY_MESSAGES, text);
}
