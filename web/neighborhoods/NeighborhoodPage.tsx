import { useQuery } from '@apollo/client/react';
import { Button, Stack, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import { JoinNeighborhood } from './JoinNeighborhood';
import { MemberList } from './MemberList';
import { MY_MEMBERSHIP, MyMembership } from './MyMembership';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { ReportList } from '../reports/ReportList';
import { JOIN_POLICY_LABELS, countMembers } from './membershipMessages';
import { paths } from '../paths';
import { INVITE_ROW, InviteRow } from './InviteRow';
import { LoadError } from '../ui/LoadError';
import { NewInvite } from './NewInvite';
import { UserText } from '../ui/UserText';

const NEIGHBORHOOD = graphql(
  `
    query Neighborhood($id: ID!) {
      neighborhood(id: $id) {
        id
        name
        about
        timeZone
        joinPolicy
        memberCount
        viewerMembership {
          id
          role
          status
          ...MyMembership_membership
        }
      }
    }
  `,
  [MY_MEMBERSHIP],
);

/** Page of a neighborhood: description, members, and the tasks of its stewards. */
export function NeighborhoodPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(NEIGHBORHOOD, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });

  if (!data)
    return <PagePending title="Neighborhood" error={error} retry={refetch} />;

  const { neighborhood } = data;
  if (!neighborhood)
    return (
      <NotFoundMessage title="This neighborhood is not here">
        You may not belong to it, or the link is not quite right.
      </NotFoundMessage>
    );

  const { name, about, memberCount, joinPolicy, timeZone, viewerMembership } =
    neighborhood;
  const isActive = viewerMembership?.status === 'ACTIVE';
  const isSteward = isActive && viewerMembership.role === 'STEWARD';
  const isOutside = !viewerMembership || viewerMembership.status === 'ENDED';
  return (
    <Page
      key={neighborhood.id}
      title={name}
      lead={`${countMembers(memberCount)} · ${JOIN_POLICY_LABELS[joinPolicy].title.toLowerCase()} · time of ${timeZone.replaceAll('_', ' ')}`}
      actions={
        isSteward && (
          <Button
            component={Link}
            to={paths.editNeighborhood(neighborhood.id)}
            variant="default"
            leftSection={<IconPencil size={18} />}
          >
            Edit
          </Button>
        )
      }
    >
      <Stack gap="xl">
        {about !== '' && <UserText className="instructions">{about}</UserText>}
        {isOutside ? (
          <JoinNeighborhood neighborhood={neighborhood} onJoined={refetch} />
        ) : (
          // A member comes for the neighbors; what may be left is at the end.
          !isActive && <MyMembership membership={viewerMembership} />
        )}
        {isSteward && <StewardSections neighborhoodId={neighborhood.id} />}
        {isActive && (
          <MemberList
            neighborhoodId={neighborhood.id}
            status="ACTIVE"
            title="Members"
          />
        )}
        {isSteward && <SuspendedAndBanned neighborhoodId={neighborhood.id} />}
        {isActive && <MyMembership membership={viewerMembership} />}
      </Stack>
    </Page>
  );
}

function StewardSections({ neighborhoodId }: { neighborhoodId: string }) {
  return (
    <>
      <MemberList
        neighborhoodId={neighborhoodId}
        status="PENDING"
        title="Asking to join"
      />
      <InviteList neighborhoodId={neighborhoodId} />
      <ReportList neighborhoodId={neighborhoodId} />
    </>
  );
}

function SuspendedAndBanned({ neighborhoodId }: { neighborhoodId: string }) {
  return (
    <>
      <MemberList
        neighborhoodId={neighborhoodId}
        status="SUSPENDED"
        title="Suspended"
        hint="They can return things and write about loans under way, but not start anything new."
      />
      <MemberList
        neighborhoodId={neighborhoodId}
        status="BANNED"
        title="Banned"
        hint="For them the neighborhood does not exist."
      />
    </>
  );
}

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

/** Invite links, for stewards. */
function InviteList({ neighborhoodId }: { neighborhoodId: string }) {
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
        Anyone who opens an invite link can join right away.
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
