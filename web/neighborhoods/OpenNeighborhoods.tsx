import { useQuery, useFragment } from '@apollo/client/react';
import { Stack, Paper, Text } from '@mantine/core';
import { IconHomeSearch } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { Loading, TextSkeleton } from '../ui/Loading';
import { EmptyState } from '../ui/EmptyState';
import { SearchField, useSearch } from '../ui/SearchField';
import type { FragmentType } from '@apollo/client';
import { Link } from 'react-router';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import type {
  MembershipStatus,
  OpenNeighborhood_NeighborhoodFragment,
} from '../generated/types';
import { paths } from '../paths';
import { t } from '../languages/texts';

const OPEN_NEIGHBORHOOD = graphql(`
  fragment OpenNeighborhood_neighborhood on Neighborhood {
    id
    name
    about
    joinPolicy
    memberCount
  }
`);

const OPEN_NEIGHBORHOODS = graphql(
  `
    query OpenNeighborhoods($search: String, $after: String) {
      neighborhoods(search: $search, first: 10, after: $after) {
        edges {
          node {
            id
            viewerMembership {
              id
              status
            }
            ...OpenNeighborhood_neighborhood
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [OPEN_NEIGHBORHOOD],
);

/** Searchable list of the neighborhoods that can be joined without an invite. */
export function OpenNeighborhoods() {
  return (
    <Stack gap="md">
      <SearchField
        label={t('neighborhoods.search.label')}
        placeholder={t('neighborhoods.search.placeholder')}
      />
      <SearchResults />
    </Stack>
  );
}

function SearchResults() {
  const search = useSearch();
  const query = useQuery(OPEN_NEIGHBORHOODS, {
    variables: search === '' ? {} : { search },
    fetchPolicy: 'cache-and-network',
  });
  const { error, refetch, previousData } = query;
  // The previous results stay until the response arrives, so that the layout does not jump.
  const data = query.data ?? (error ? undefined : previousData);
  const more = useLoadMore(query.data?.neighborhoods, query, search);

  if (!data)
    return error ? (
      <LoadError error={error} retry={refetch} />
    ) : (
      <Loading>
        <TextSkeleton />
      </Loading>
    );

  const found = data.neighborhoods.edges;
  // The viewer's own are listed above.
  const edges = found.filter(({ node }) => !isOwn(node.viewerMembership));
  if (edges.length === 0 && !more.hasMore)
    return (
      <EmptyState
        role="status"
        picture={<IconHomeSearch size={48} stroke={1.3} />}
        title={
          found.length > 0
            ? t('neighborhoods.search.nothingElse.title')
            : search === ''
              ? t('neighborhoods.search.none.title')
              : t('neighborhoods.search.nothing.title')
        }
      >
        {found.length > 0
          ? t('neighborhoods.search.nothingElse.text')
          : search === ''
            ? t('neighborhoods.search.none.text')
            : t('neighborhoods.search.nothing.text')}
      </EmptyState>
    );
  return (
    <div>
      <Stack component="ul" className="plain-list" gap="sm">
        {edges.map(({ node }, index) => (
          <OpenNeighborhood
            key={node.id}
            neighborhood={node}
            takesFocus={index === more.firstNew}
          />
        ))}
      </Stack>
      <LoadMore more={more} arrived={t('neighborhoods.search.more')} />
    </div>
  );
}

/** Tells whether a membership, or a request for one, is listed among the viewer's own. */
const isOwn = (membership: { status: MembershipStatus } | null) =>
  membership != null && membership.status !== 'ENDED';

/** Entry of the list of neighborhoods, with a link to its page. */
function OpenNeighborhood({
  neighborhood,
  takesFocus,
}: {
  neighborhood: FragmentType<OpenNeighborhood_NeighborhoodFragment>;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus: boolean;
}) {
  const link = useFocusOnMount<HTMLAnchorElement>(takesFocus);
  const { data, complete } = useFragment({
    fragment: OPEN_NEIGHBORHOOD,
    from: neighborhood,
  });

  if (!complete) return null;
  const { name, about, joinPolicy, memberCount } = data;
  return (
    <Paper component="li" className="surface link-card" px="lg" py="md">
      <Link
        ref={link}
        to={paths.neighborhood(data.id)}
        className="card-link wrap-anywhere"
      >
        <Text component="bdi" fw={600}>
          {name}
        </Text>
      </Link>
      {about !== '' && (
        <Text mt={4} lineClamp={2} dir="auto" className="wrap-anywhere">
          {about}
        </Text>
      )}
      <Text size="sm" c="dimmed" mt={4}>
        {joinPolicy === 'OPEN'
          ? t('neighborhoods.found.open', { count: memberCount })
          : t('neighborhoods.found.ask', { count: memberCount })}
      </Text>
    </Paper>
  );
}
