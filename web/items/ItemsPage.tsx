import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button, Group, VisuallyHidden } from '@mantine/core';
import { IconPlus, IconSearchOff, IconTool } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { rich, t } from '../languages/texts';
import { graphql } from '../apollo/graphql';
import {
  ITEM_CARD,
  ItemCard,
  ItemGrid,
  ItemGridSkeleton,
  MAX_CARDS_IN_ROW,
} from './ItemCard';
import { ItemFilters } from './ItemFilters';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { EmptyState } from '../ui/EmptyState';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import type { ItemFilterState } from './itemFilter';
import {
  NO_FILTER,
  filterInput,
  isUnfiltered,
  readFilter,
  writeFilter,
} from './itemFilter';
import { paths } from '../paths';
import styles from './ItemsPage.module.css';

const ITEMS = graphql(
  `
    query Items($neighborhoodId: ID!, $filter: ItemFilter, $after: String) {
      neighborhood(id: $neighborhoodId) {
        id
        name
        today
        viewerMembership {
          id
          status
        }
      }
      items(
        neighborhoodId: $neighborhoodId
        filter: $filter
        first: 24
        after: $after
      ) {
        edges {
          node {
            id
            status
            ...ItemCard_item
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ITEM_CARD],
);

/** Items of a neighborhood, filtered by text, category and days. The filter is in the address. */
export function ItemsPage() {
  const { id = '' } = useParams();
  const [searchParams, setSearchParams] = useSearchParams();
  const filter = readFilter(searchParams);
  const field = useRef<HTMLInputElement>(null);

  const query = useQuery(ITEMS, {
    variables: { neighborhoodId: id, filter: filterInput(filter) },
    fetchPolicy: 'cache-and-network',
  });
  const { error, refetch, previousData, networkStatus } = query;
  // The previous results stay until the response arrives, so that the layout does not jump.
  const data =
    query.data ?? (previousData?.neighborhood?.id === id ? previousData : null);
  const more = useLoadMore(query.data?.items, query, searchParams.toString());

  if (!data)
    return (
      <Page title={t('items.things')} size="lg">
        {error ? (
          <LoadError error={error} retry={refetch} />
        ) : (
          <ItemGridSkeleton count={8} />
        )}
      </Page>
    );

  const { neighborhood } = data;
  if (!neighborhood)
    return (
      <NotFoundMessage title={t('items.neighborhoodNotFound')}>
        {t('items.neighborhoodNotFoundText')}
      </NotFoundMessage>
    );
  if (neighborhood.viewerMembership?.status !== 'ACTIVE')
    return <NotAMember id={id} name={neighborhood.name} />;

  const setFilter = (next: ItemFilterState) =>
    setSearchParams(writeFilter(next), { preventScrollReset: true });
  const clear = (next: ItemFilterState) => {
    setFilter(next);
    field.current?.focus();
  };
  const offer = (
    <Button
      component={Link}
      to={paths.newItem(id)}
      leftSection={<IconPlus size={18} />}
    >
      {t('items.offer')}
    </Button>
  );

  // Items paused meanwhile are still in the cache.
  const found = data.items.edges.filter(({ node }) => node.status === 'ACTIVE');
  if (found.length === 0 && isUnfiltered(filter) && query.data)
    return (
      <Page title={t('items.things')} size="lg">
        <EmptyState
          picture={<IconTool size={48} stroke={1.3} />}
          title={t('items.none')}
          action={offer}
        >
          {t('items.noneText')}
        </EmptyState>
      </Page>
    );

  const isSearching = networkStatus === NetworkStatus.setVariables;
  return (
    <Page
      title={t('items.things')}
      lead={t('items.lead', { neighborhood: neighborhood.name })}
      actions={offer}
      size="lg"
    >
      <ItemFilters
        filter={filter}
        onChange={setFilter}
        today={neighborhood.today}
        searchField={field}
      />
      <div
        aria-busy={isSearching}
        className={`${styles.results} ${isSearching ? 'outdated' : ''}`}
      >
        <VisuallyHidden role="status">
          {isSearching
            ? t('items.searching')
            : t(more.hasMore ? 'items.foundMore' : 'items.found', {
                count: found.length,
              })}
        </VisuallyHidden>
        {error && !query.data ? (
          <LoadError error={error} retry={refetch} />
        ) : found.length > 0 ? (
          <>
            <ItemGrid>
              {found.map(({ node }, index) => (
                <ItemCard
                  key={node.id}
                  item={node}
                  isInFirstRow={index < MAX_CARDS_IN_ROW}
                  takesFocus={index === more.firstNew}
                />
              ))}
            </ItemGrid>
            <LoadMore more={more} arrived={t('items.moreArrived')} />
          </>
        ) : (
          <NothingFound filter={filter} onClear={clear} />
        )}
      </div>
    </Page>
  );
}

/** Says what was not found, and how to find more without typing the words again. */
function NothingFound({
  filter,
  onClear,
}: {
  filter: ItemFilterState;
  /** Gets a wider filter. */
  onClear: (next: ItemFilterState) => void;
}) {
  const { text, category, from } = filter;
  const hasWords = text !== '';
  const isNarrowed = category != null || from != null;
  return (
    <EmptyState
      picture={<IconSearchOff size={48} stroke={1.3} />}
      title={t('items.nothingFound')}
      action={
        <Group justify="center" gap="sm">
          {from != null && (
            <Button
              variant="light"
              onClick={() => onClear({ ...filter, from: null, to: null })}
            >
              {t('items.lookAnyDay')}
            </Button>
          )}
          {category != null && (
            <Button
              variant="light"
              onClick={() => onClear({ ...filter, category: null })}
            >
              {t('items.lookAllCategories')}
            </Button>
          )}
          {!isNarrowed && (
            <Button variant="light" onClick={() => onClear(NO_FILTER)}>
              {t('items.showAll')}
            </Button>
          )}
        </Group>
      }
    >
      {t(from != null ? 'items.notFreeThen' : 'items.nobodyLends')}
      {hasWords && <> {t('items.fewerWords')}</>}
    </EmptyState>
  );
}

/** Shown to viewers who may see the neighborhood but not its items. */
function NotAMember({ id, name }: { id: string; name: string }) {
  return (
    <Page title={t('items.things')} size="lg">
      <EmptyState
        picture={<IconTool size={48} stroke={1.3} />}
        title={t('items.membersOnly')}
        action={
          <Button component={Link} to={paths.neighborhood(id)}>
            {rich('items.goTo', { name: <bdi>{name}</bdi> })}
          </Button>
        }
      >
        {t('items.membersOnlyText')}
      </EmptyState>
    </Page>
  );
}
