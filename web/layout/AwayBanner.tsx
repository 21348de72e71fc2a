import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { Group, Loader, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useConnection } from '../session/connection';
import type { PingQuery, PingQueryVariables } from '../generated/types';

const PING: TypedDocumentNode<PingQuery, PingQueryVariables> = gql`
  query Ping {
    __typename
  }
`;

/**
 * Says that the server is away, and goes by itself once it is back. Its query asks
 * for nothing but an answer.
 */
export function AwayBanner() {
  const connection = useConnection();
  const client = useApolloClient();

  useEffect(() => {
    if (connection === 'fine') return;
    // Queries are repeated until somebody answers, and that answer ends the banner.
    // Somebody has to ask, even where the page itself has no question open.
    const asking = client
      .watchQuery({
        query: PING,
        fetchPolicy: 'network-only',
        context: { anonymous: true },
      })
      .subscribe({ error: () => undefined });
    return () => asking.unsubscribe();
  }, [connection, client]);

  return (
    <div role="status">
      {connection === 'away' && (
        <Group className="away-banner" gap="sm" justify="center" wrap="nowrap">
          <Loader size={16} color="currentColor" aria-hidden="true" />
          <Text size="sm" fw={600}>
            We cannot reach NeighborShare. Trying again…
          </Text>
        </Group>
      )}
    </div>
  );
}
