import { useQuery } from '@apollo/client/react';
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconPlus, IconTool } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { Loading } from '../ui/Loading';
import { EmptyState } from '../ui/EmptyState';
import { MY_ITEM_ROW, MyItemRow } from './MyItemRow';
import { Page } from '../ui/Page';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';
import { paths } from '../paths';
import styles from './MyItemsPage.module.css';

const MY_ITEMS = graphql(
  `
    query MyItems($status: ItemStatus, $after: String) {
      myItems(status: $status, first: 12, after: $after) {
        edges {
          node {
            id
            status
            ...MyItemRow_item
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [MY_ITEM_ROW],
);

const FILTERS = ['ALL', 'ACTIVE', 'PAUSED', 'RETIRED'] as const;

type StatusFilter = (typeof FILTERS)[number];

/** Own items in all neighborhoods, filtered by a status in the URL. */
export function MyItemsPage() {
  const [searchParams] = useSearchParams();
  const { current } = useNeighborhoods();
  const filter =
    FILTERS.find((name) => name === searchParams.get('status')) ?? 'ALL';
  const status = filter === 'ALL' ? undefined : filter;
  const query = useQuery(MY_ITEMS, {
    variables: { status },
    fetchPolicy: 'cache-and-network',
  });
  const { data, error, refetch } = query;
  const more = useLoadMore(data?.myItems, query, status);

  const offer = (
    <Button
      component={Link}
      to={current ? paths.newItem(current.id) : paths.neighborhoods}
      leftSection={<IconPlus size={18} />}
    >
      {t('items.offer')}
    </Button>
  );
  // Items paused on this page are still in its list.
  const items = data?.myItems.edges.filter(
    ({ node }) => status == null || node.status === status,
  );

  return (
    <Page title={t('items.mine')} lead={t('items.mineLead')} actions={offer}>
      <StatusNav shown={filter} />
      {!items ? (
        error ? (
          <LoadError error={error} retry={refetch} />
        ) : (
          <RowsSkeleton />
        )
      ) : items.length === 0 && !more.hasMore ? (
        <EmptyState
          picture={<IconTool size={48} stroke={1.3} />}
          title={t('items.nothingHere')}
        >
          {t(`items.noneOfMine.${filter}`)}
        </EmptyState>
      ) : (
        <>
          <Stack gap="md">
            {items.map(({ node }, index) => (
              <MyItemRow
                key={node.id}
                item={node}
                takesFocus={index === more.firstNew}
              />
            ))}
          </Stack>
          <LoadMore more={more} arrived={t('items.moreOfMine')} />
        </>
      )}
    </Page>
  );
}

function StatusNav({ shown }: { shown: StatusFilter }) {
  return (
    <nav className={styles.statusNav} aria-label={t('items.whichOfMine')}>
      {FILTERS.map((filter) => (
        <Link
          key={filter}
          to={filter === 'ALL' ? paths.myItems : `?status=${filter}`}
          aria-current={filter === shown ? 'page' : undefined}
        >
          {t(`items.filter.${filter}`)}
        </Link>
      ))}
    </nav>
  );
}

function RowsSkeleton() {
  return (
    <Loading>
      <Stack gap="md">
        <Skeleton height={120} />
        <Skeleton height={120} />
        <Skeleton height={120} />
      </Stack>
    </Loading>
  );
}
