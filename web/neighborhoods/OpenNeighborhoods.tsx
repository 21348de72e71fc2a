import { useQuery, useFragment } from '@apollo/client/react';
import { Stack, Badge, Group, Paper, Text } from '@mantine/core';
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
import type { OpenNeighborhood_NeighborhoodFragment } from '../generated/types';
import { paths } from '../paths';
import { STATUS_LABELS, countMembers } from './membershipMessages';

const OPEN_NEIGHBORHOOD = graphql(`
  fragment OpenNeighborhood_neighborhood on Neighborhood {
    id
    name
    about
    joinPolicy
    memberCount
    viewerMembership {
      id
      status
    }
  }
`);

const OPEN_NEIGHBORHOODS = graphql(
  `
    query OpenNeighborhoods($search: String, $after: String) {
      neighborhoods(search: $search, first: 10, after: $after) {
        edges {
          node {
            id
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
        label="Search neighborhoods"
        placeholder="Your street, your part of town…"
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
  const { data, error, refetch } = query;
  const more = useLoadMore(data?.neighborhoods, query, search);

  if (!data)
    return error ? (
      <LoadError error={error} retry={refetch} />
    ) : (
      <Loading>
        <TextSkeleton />
      </Loading>
    );

  const { edges } = data.neighborhoods;
  if (edges.length === 0)
    return (
      <EmptyState
        role="status"
        picture={<IconHomeSearch size={48} stroke={1.3} />}
        title={search === '' ? 'No neighborhoods yet' : 'Nothing found'}
      >
        {search === ''
          ? 'Nobody has started a neighborhood here yet. Yours could be the first.'
          : 'Try another word. It may also be by invite only: then a neighbor can send you a link.'}
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
      <LoadMore more={more} arrived="More neighborhoods are here." />
    </div>
  );
}

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
  const { name, about, joinPolicy, memberCount, viewerMembership } = data;
  const status = viewerMembership?.status;
  const isMine = status != null && status !== 'ENDED';
  return (
    <Paper component="li" className="surface link-card" px="lg" py="md">
      <Group justify="space-between" gap="xs">
        <Link
          ref={link}
          to={paths.neighborhood(data.id)}
          className="card-link wrap-anywhere"
        >
          <Text component="span" fw={600}>
            {name}
          </Text>
        </Link>
        {isMine && (
          <Badge variant="light" color="gray" className="badge">
            {STATUS_LABELS[status]}
          </Badge>
        )}
      </Group>
      {about !== '' && (
        <Text mt={4} lineClamp={2} className="wrap-anywhere">
          {about}
        </Text>
      )}
      <Text size="sm" c="dimmed" mt={4}>
        {countMembers(memberCount)}
        {joinPolicy === 'OPEN' ? ' · open to everyone' : ' · ask to join'}
      </Text>
    </Paper>
  );
}
