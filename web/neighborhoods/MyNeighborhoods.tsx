import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '../paths';
import { statusHint } from './membershipMessages';
import type { ListedMembership } from './useNeighborhoods';
import { t } from '../languages/texts';

/** List of the user's neighborhoods and requests to join, with the status of each. */
export function MyNeighborhoods({
  memberships,
}: {
  memberships: ListedMembership[];
}) {
  return (
    <Stack component="ul" className="plain-list" gap="sm">
      {memberships.map(({ id, role, status, neighborhood }) => (
        <Paper
          component="li"
          key={id}
          className="surface link-card"
          px="lg"
          py="md"
        >
          <Group justify="space-between" gap="xs">
            <Link
              to={paths.neighborhood(neighborhood.id)}
              className="card-link wrap-anywhere"
            >
              <Text component="bdi" fw={600}>
                {neighborhood.name}
              </Text>
            </Link>
            <Badge
              variant="light"
              color={status === 'ACTIVE' ? 'sage' : 'gray'}
              className="badge"
            >
              {status === 'ACTIVE'
                ? t(`neighborhoods.role.${role}`)
                : t(`neighborhoods.status.${status}`)}
            </Badge>
          </Group>
          {statusHint(status) != null && (
            <Text size="sm" c="dimmed" mt={4}>
              {statusHint(status)}
            </Text>
          )}
        </Paper>
      ))}
    </Stack>
  );
}
