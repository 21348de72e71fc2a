import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Badge, Group, Paper, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import { graphql } from '../apollo/graphql';
import type { OpenNeighborhood_NeighborhoodFragment } from '../generated/types';
import { paths } from '../paths';
import { STATUS_LABELS, countMembers } from './membershipMessages';

/** Card of a neighborhood that is open to new members. */
export const OPEN_NEIGHBORHOOD = graphql(`
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

/** A neighborhood in a list of those that one can join, and the way to its page. */
export function OpenNeighborhood({
  neighborhood,
  takesFocus,
}: {
  neighborhood: FragmentType<OpenNeighborhood_NeighborhoodFragment>;
  /** When it arrives, where the focus would be lost otherwise. */
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
