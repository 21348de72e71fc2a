import { useQuery } from '@apollo/client/react';
import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import { LoadError } from '../ui/LoadError';
import { INVITE_ROW, InviteRow } from './InviteRow';
import { NewInvite } from './NewInvite';

const INVITES = graphql(
  `
    query Invites($neighborhoodId: ID!) {
      neighborhood(id: $neighborhoodId) {
        id
        invites {
          id
          ...InviteRow_invite
        }
      }
    }
  `,
  [INVITE_ROW],
);

/** Reads the invite links of a neighborhood, for `InviteList`. */
export function useInvites(neighborhoodId: string) {
  const { data, error, refetch } = useQuery(INVITES, {
    variables: { neighborhoodId },
    fetchPolicy: 'cache-and-network',
  });
  const list = data?.neighborhood?.invites ?? [];
  return { list, error, refetch, isLoading: !data && !error };
}

/** Lists invite links, for stewards, with a form for new ones. */
export function InviteList({
  neighborhoodId,
  invites: { list, error, refetch },
}: {
  neighborhoodId: string;
  invites: ReturnType<typeof useInvites>;
}) {
  const [newInviteId, setNewInviteId] = useState<string | null>(null);
  return (
    <section aria-labelledby="invites">
      <Title order={2} size="h3" id="invites">
        Invite neighbors
      </Title>
      <Text c="dimmed" mb="sm">
        Anyone who opens an invite link can join right away.
      </Text>
      <Stack gap="sm">
        <NewInvite neighborhoodId={neighborhoodId} onCreated={setNewInviteId} />
        {error && list.length === 0 && (
          <LoadError error={error} retry={refetch} />
        )}
        {list.length > 0 && (
          <Stack component="ul" className="plain-list" gap="sm">
            {list.map((invite) => (
              <InviteRow
                key={invite.id}
                invite={invite}
                takesFocus={invite.id === newInviteId}
              />
            ))}
          </Stack>
        )}
      </Stack>
    </section>
  );
}
