import { useQuery } from '@apollo/client/react';
import { Stack } from '@mantine/core';
import { IconHomeSearch } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { Loading } from '../ui/Loading';
import { EmptyState } from '../ui/EmptyState';
import { OPEN_NEIGHBORHOOD, OpenNeighborhood } from './OpenNeighborhood';
import { TextSkeleton } from '../ui/PageSkeleton';
import { SearchField, useSearch } from '../ui/SearchField';

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

/** The neighborhoods that one can join without an invite, to be searched by words. */
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
        title={search === '' ? 'None to be found yet' : 'Nothing found'}
      >
        {search === ''
          ? 'Nobody has started a neighborhood that one can find. Yours could be the first.'
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
