import { Button, Group, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { t } from '../languages/texts';
import { DaysFilter } from './DaysFilter';
import { SearchField } from '../ui/SearchField';
import { categoryLabel, categoryOptions, isCategory } from './itemCategory';
import type { ItemFilterState } from './itemFilter';
import { NO_FILTER, isUnfiltered } from './itemFilter';
import { formatRange } from '../ui/dates';
import { renderIsolates, withoutIsolates } from '../languages/isolate';
import styles from './ItemFilters.module.css';

/** Props of the item filters. */
export type ItemFiltersProps = {
  filter: ItemFilterState;
  /** Called with the new filter. `SearchField` writes the search text to the URL itself. */
  onChange: (filter: ItemFilterState) => void;
  /** Current day in the neighborhood. */
  today: string;
  /** The search field, so that it can be focused. */
  searchField: RefObject<HTMLInputElement | null>;
};

/** Search and filters. On small screens the filters are collapsed behind a button. */
export function ItemFilters(props: ItemFiltersProps) {
  const { filter, onChange, today, searchField } = props;
  const [isExpanded, { toggle }] = useDisclosure();
  const set = (changes: Partial<ItemFilterState>) =>
    onChange({ ...filter, ...changes });
  const count = [filter.category, filter.from].filter(Boolean).length;

  return (
    <>
      <div className={styles.filters}>
        <div className={styles.search}>
          <SearchField
            ref={searchField}
            label={t('items.searchLabel')}
            placeholder={t('items.searchPlaceholder')}
          />
        </div>
        <Button
          hiddenFrom="sm"
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={18} />}
          aria-expanded={isExpanded}
          aria-controls="more-filters"
          onClick={toggle}
        >
          {count > 0 ? t('items.filtersCount', { count }) : t('items.filters')}
        </Button>
        <div
          id="more-filters"
          className={styles.more}
          data-open={isExpanded || undefined}
        >
          <NativeSelect
            aria-label={t('items.kind')}
            size="md"
            data={[
              { value: '', label: t('items.allKinds') },
              ...categoryOptions(),
            ]}
            value={filter.category ?? ''}
            onChange={({ currentTarget: { value } }) =>
              set({ category: isCategory(value) ? value : null })
            }
          />
          <DaysFilter
            from={filter.from}
            to={filter.to}
            today={today}
            onChange={(from, to) => set({ from, to })}
          />
        </div>
      </div>
      <ActiveFilters {...props} />
    </>
  );
}

/** Active filters, each with a button that removes it. */
function ActiveFilters({
  filter,
  onChange,
  today,
  searchField,
}: ItemFiltersProps) {
  if (isUnfiltered(filter)) return null;
  const { category, from, to } = filter;
  // The focused button disappears afterwards.
  const removeFilter = (changes: Partial<ItemFilterState>) => {
    onChange({ ...filter, ...changes });
    searchField.current?.focus();
  };
  const filterButton = (label: string, changes: Partial<ItemFilterState>) => (
    <Button
      size="compact-md"
      variant="light"
      radius="xl"
      rightSection={<IconX size={16} />}
      aria-label={withoutIsolates(t('items.removeFilter', { filter: label }))}
      onClick={() => removeFilter(changes)}
    >
      {renderIsolates(label)}
    </Button>
  );
  return (
    <Group gap="xs" mt="sm">
      {category && filterButton(categoryLabel(category), { category: null })}
      {from &&
        to &&
        filterButton(
          t('items.freeOn', { days: formatRange(from, to, today) }),
          { from: null, to: null },
        )}
      <Button
        size="compact-md"
        variant="subtle"
        radius="xl"
        onClick={() => removeFilter(NO_FILTER)}
      >
        {t('items.clearFilters')}
      </Button>
    </Group>
  );
}
