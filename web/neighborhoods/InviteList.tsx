import { useQuery } from '@apollo/client/react';
import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import type { JoinPolicy } from '../generated/types';
import { LoadError } from '../ui/LoadError';
import { INVITE_ROW, InviteRow } from './InviteRow';
import { NewInvite } from './NewInvite';
import { t } from '../languages/texts';

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

/**
 * Reads the invite links of a neighborhood that the viewer manages, for `InviteList`.
 * @param skip whether none are needed
 */
export function useInvites(neighborhoodId: string, skip = false) {
  const { data, error, refetch } = useQuery(INVITES, {
    variables: { neighborhoodId },
    fetchPolicy: 'cache-and-network',
    skip,
  });
  const list = data?.neighborhood?.invites ?? [];
  return { list, error, refetch, isLoading: !skip && !data && !error };
}

/** Id of the heading of `InviteList`. */
export const INVITES_HEADING = 'invites';

/** Lists the invite links that the viewer manages, with a form for new ones. */
export function InviteList({
  neighborhood: { id: neighborhoodId, name, joinPolicy },
  isSteward,
  invites: { list, error, refetch },
}: {
  neighborhood: { id: string; name: string; joinPolicy: JoinPolicy };
  isSteward: boolean;
  invites: ReturnType<typeof useInvites>;
}) {
  const [newInviteId, setNewInviteId] = useState<string | null>(null);
  return (
    <section aria-labelledby={INVITES_HEADING}>
      <Title order={2} size="h3" id={INVITES_HEADING} tabIndex={-1}>
        {t('neighborhoods.invites.title')}
      </Title>
      <Text c="dimmed" mb="sm">
        {isSteward || joinPolicy !== 'APPROVAL'
          ? t('neighborhoods.invites.joinAtOnce')
          : t('neighborhoods.invites.askFirst')}
      </Text>
      <Stack gap="sm">
        <NewInvite
          neighborhoodId={neighborhoodId}
          isSteward={isSteward}
          onCreated={setNewInviteId}
        />
        {error && list.length === 0 && (
          <LoadError error={error} retry={refetch} />
        )}
        {list.length > 0 && (
          <Stack component="ul" className="plain-list" gap="sm">
            {list.map((invite) => (
              <InviteRow
                key={invite.id}
                neighborhoodName={name}
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
