import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { InvitesQuery, InvitesQueryVariables } from '../generated/types';
import { INVITE_ROW, InviteRow } from './InviteRow';
import { LoadError } from '../ui/LoadError';
import { NewInvite } from './NewInvite';

const INVITES: TypedDocumentNode<InvitesQuery, InvitesQueryVariables> = gql`
  query Invites($neighborhoodId: ID!) {
    neighborhood(id: $neighborhoodId) {
      id
      invites {
        id
        ...InviteRow_invite
      }
    }
  }
  ${INVITE_ROW}
`;

/** The links by which people come in, for stewards. */
export function InviteList({ neighborhoodId }: { neighborhoodId: string }) {
  const [newInviteId, setNewInviteId] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(INVITES, {
    variables: { neighborhoodId },
    fetchPolicy: 'cache-and-network',
  });
  const invites = data?.neighborhood?.invites ?? [];

  return (
    <section aria-labelledby="invites">
      <Title order={2} size="h3" id="invites">
        Invite neighbors
      </Title>
      <Text c="dimmed" mb="sm">
        Who opens an invite link can join at once, without being asked.
      </Text>
      <Stack gap="sm">
        <NewInvite neighborhoodId={neighborhoodId} onCreated={setNewInviteId} />
        {error && !data && <LoadError error={error} retry={refetch} />}
        {invites.length > 0 && (
          <Stack component="ul" className="plain-list" gap="sm">
            {invites.map((invite) => (
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
