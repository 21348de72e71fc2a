import { useApolloClient, useQuery } from '@apollo/client/react';
import { Stack, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { graphql } from '../apollo/graphql';
import type { MembershipStatus } from '../generated/types';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { Loading, TextSkeleton } from '../ui/Loading';
import { MEMBER, Member } from './Member';

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

/** The members of a neighborhood with one status, newest first. Where there are none, it is not there. */
export function MemberList({
  neighborhoodId,
  status,
  title,
  hint,
}: {
  neighborhoodId: string;
  status: MembershipStatus;
  title: string;
  /** Explanation of the list. */
  hint?: string;
}) {
  const headingId = useId();
  const client = useApolloClient();
  const query = useQuery(MEMBERS, {
    variables: { neighborhoodId, status },
    fetchPolicy: 'cache-and-network',
  });
  const { data, error, refetch } = query;
  const members = data?.neighborhood?.members;
  const more = useLoadMore(members, query, `${neighborhoodId} ${status}`);
  const isEmpty = members?.edges.length === 0;
  const isFirst = status === 'ACTIVE';

  // A section for stewards should not flicker while it loads.
  if (isEmpty || (!members && !error && !isFirst)) return null;
  return (
    <section aria-labelledby={headingId}>
      <Title order={2} size="h3" id={headingId}>
        {title}
      </Title>
      {hint != null && <Text c="dimmed">{hint}</Text>}
      <Stack component="ul" className="plain-list" gap="xs" mt="sm">
        {members?.edges.map(({ node }, index) => (
          <Member
            key={node.id}
            membership={node}
            takesFocus={index === more.firstNew}
            refetchLists={() => client.refetchQueries({ include: [MEMBERS] })}
          />
        ))}
      </Stack>
      {error && !members && <LoadError error={error} retry={refetch} />}
      {!error && !members && (
        <Loading>
          <TextSkeleton />
        </Loading>
      )}
      {members && (isFirst || more.hasMore) && (
        <LoadMore more={more} arrived="More people are here." />
      )}
    </section>
  );
}
