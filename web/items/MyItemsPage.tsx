import { useQuery } from '@apollo/client/react';
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconPlus, IconTool } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { Loading } from '../ui/Loading';
import { EmptyState } from '../ui/EmptyState';
import { MY_ITEM_ROW, MyItemRow } from './MyItemRow';
import { Page } from '../ui/Page';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';
import type { ItemStatus } from '../generated/types';
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

type StatusFilter = { status?: ItemStatus; label: string; none: string };

const ALL: StatusFilter = {
  label: 'All',
  none: 'You have not offered anything yet.',
};

const STATUS_FILTERS: StatusFilter[] = [
  ALL,
  {
    status: 'ACTIVE',
    label: 'To borrow',
    none: 'None of your things can be borrowed at the moment.',
  },
  { status: 'PAUSED', label: 'Paused', none: 'None of your things is paused.' },
  {
    status: 'RETIRED',
    label: 'Retired',
    none: 'None of your things is retired.',
  },
];

/** Own items in all neighborhoods, filtered by a status in the URL. */
export function MyItemsPage() {
  const [searchParams] = useSearchParams();
  const { current } = useNeighborhoods();
  const { status, none } =
    STATUS_FILTERS.find(
      ({ status }) => status === searchParams.get('status'),
    ) ?? ALL;
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
      Offer a thing
    </Button>
  );
  // Items paused on this page are still in its list.
  const items = data?.myItems.edges.filter(
    ({ node }) => status == null || node.status === status,
  );

  return (
    <Page
      title="My things"
      lead="What you lend, in all your neighborhoods."
      actions={offer}
    >
      <StatusNav status={status} />
      {!items ? (
        error ? (
          <LoadError error={error} retry={refetch} />
        ) : (
          <RowsSkeleton />
        )
      ) : items.length === 0 && !more.hasMore ? (
        <EmptyState
          picture={<IconTool size={48} stroke={1.3} />}
          title="Nothing here"
        >
          {none}
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
          <LoadMore more={more} arrived="More of your things are here." />
        </>
      )}
    </Page>
  );
}

function StatusNav({ status }: { status?: ItemStatus }) {
  return (
    <nav className={styles.statusNav} aria-label="Which of my things">
      {STATUS_FILTERS.map((state) => (
        <Link
          key={state.label}
          to={state.status ? `?status=${state.status}` : paths.myItems}
          aria-current={state.status === status ? 'page' : undefined}
        >
          {state.label}
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
