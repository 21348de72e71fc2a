import { Button, Group, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { DaysFilter } from './DaysFilter';
import { SearchField } from '../ui/SearchField';
import { CATEGORIES, CATEGORY_OPTIONS, isCategory } from './itemCategory';
import type { ItemSearch } from './itemSearch';
import { EVERYTHING, isEverything } from './itemSearch';
import { formatRange } from '../ui/day';
import './items.css';

const KINDS = [{ value: '', label: 'All kinds' }, ...CATEGORY_OPTIONS];

/** How to find a thing among many. */
export type ItemFiltersProps = {
  search: ItemSearch;
  /** Called with what is looked for now. The words find their own way into the address. */
  onChange: (search: ItemSearch) => void;
  /** Which day it is in the neighborhood. */
  today: string;
  /** The field for words, to give it the focus. */
  field: RefObject<HTMLInputElement | null>;
};

/** Search and filters. On a phone the filters are folded away behind a button. */
export function ItemFilters(props: ItemFiltersProps) {
  const { search, onChange, today, field } = props;
  const [isOpen, { toggle }] = useDisclosure();
  const set = (changes: Partial<ItemSearch>) =>
    onChange({ ...search, ...changes });
  const count = [search.category, search.from].filter(Boolean).length;

  return (
    <>
      <div className="item-filters">
        <div className="item-filters-words">
          <SearchField
            ref={field}
            label="Search things"
            placeholder="What do you need?"
          />
        </div>
        <Button
          hiddenFrom="sm"
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={18} />}
          aria-expanded={isOpen}
          aria-controls="more-filters"
          onClick={toggle}
        >
          {count > 0 ? `Filters (${count})` : 'Filters'}
        </Button>
        <div
          id="more-filters"
          className="item-filters-more"
          data-open={isOpen || undefined}
        >
          <NativeSelect
            aria-label="Kind of thing"
            size="md"
            data={KINDS}
            value={search.category ?? ''}
            onChange={({ currentTarget: { value } }) =>
              set({ category: isCategory(value) ? value : null })
            }
          />
          <DaysFilter
            from={search.from}
            to={search.to}
            today={today}
            onChange={(from, to) => set({ from, to })}
          />
        </div>
      </div>
      <Chips {...props} />
    </>
  );
}

/** What is set, each with the way to unset it. */
function Chips({ search, onChange, today, field }: ItemFiltersProps) {
  if (isEverything(search)) return null;
  const { category, from, to } = search;
  // The button that had the focus is gone afterwards.
  const unset = (changes: Partial<ItemSearch>) => {
    onChange({ ...search, ...changes });
    field.current?.focus();
  };
  const chip = (label: string, changes: Partial<ItemSearch>) => (
    <Button
      size="compact-md"
      variant="light"
      radius="xl"
      rightSection={<IconX size={16} />}
      aria-label={`Do not filter: ${label}`}
      onClick={() => unset(changes)}
    >
      {label}
    </Button>
  );
  return (
    <Group gap="xs" mt="sm">
      {category && chip(CATEGORIES[category], { category: null })}
      {from &&
        to &&
        chip(`Free ${formatRange(from, to, today)}`, { from: null, to: null })}
      <Button
        size="compact-md"
        variant="subtle"
        radius="xl"
        onClick={() => unset(EVERYTHING)}
      >
        Clear filters
      </Button>
    </Group>
  );
}
