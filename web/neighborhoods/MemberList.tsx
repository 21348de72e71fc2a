import { useApolloClient, useQuery } from '@apollo/client/react';
import { Stack, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { graphql } from '../apollo/graphql';
import type { MembershipStatus } from '../generated/types';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { Loading, TextSkeleton } from '../ui/Loading';
import { MEMBER, Member } from './Member';
import { t } from '../languages/texts';

const MEMBERS = graphql(
  `
    query Members(
      $neighborhoodId: ID!
      $status: MembershipStatus
      $after: String
    ) {
      neighborhood(id: $neighborhoodId) {
        id
        members(status: $status, first: 20, after: $after) {
          edges {
            node {
              id
              ...Member_membership
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [MEMBER],
);

/** Reads the members of a neighborhood with one status, newest first, for `MemberList`. */
export function useMembers(neighborhoodId: string, status: MembershipStatus) {
  const query = useQuery(MEMBERS, {
    variables: { neighborhoodId, status },
    fetchPolicy: 'cache-and-network',
  });
  const { data, error, refetch } = query;
  const list = data?.neighborhood?.members;
  const more = useLoadMore(list, query, `${neighborhoodId} ${status}`);
  return { status, list, error, refetch, more, isLoading: !data && !error };
}

/** Lists members of a neighborhood. Where there are none, it is not there. */
export function MemberList({
  members: { status, list, error, refetch, more, isLoading },
  title,
  hint,
}: {
  members: ReturnType<typeof useMembers>;
  title: string;
  /** Explanation of the list. */
  hint?: string;
}) {
  const headingId = useId();
  const client = useApolloClient();
  const isFirst = status === 'ACTIVE';

  // A section for stewards should not flicker while it loads.
  if (list?.edges.length === 0 || (isLoading && !isFirst)) return null;
  return (
    <section aria-labelledby={headingId}>
      <Title order={2} size="h3" id={headingId}>
        {title}
      </Title>
      {hint != null && <Text c="dimmed">{hint}</Text>}
      <Stack component="ul" className="plain-list" gap="xs" mt="sm">
        {list?.edges.map(({ node }, index) => (
          <Member
            key={node.id}
            membership={node}
            takesFocus={index === more.firstNew}
            refetchLists={() => client.refetchQueries({ include: [MEMBERS] })}
          />
        ))}
      </Stack>
      {error && !list && <LoadError error={error} retry={refetch} />}
      {isLoading && (
        <Loading>
          <TextSkeleton />
        </Loading>
      )}
      {list && (isFirst || more.hasMore) && (
        <LoadMore more={more} arrived={t('neighborhoods.moreMembers')} />
      )}
    </section>
  );
}
