import { useQuery } from '@apollo/client/react';
import { Button, Stack } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { Link, useParams } from 'react-router';
import type { MembershipRole } from '../generated/types';
import { graphql } from '../apollo/graphql';
import { JoinNeighborhood } from './JoinNeighborhood';
import { MemberList, useMembers } from './MemberList';
import { MY_MEMBERSHIP, MyMembership } from './MyMembership';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { JOIN_POLICY_LABELS, countMembers } from './membershipMessages';
import { paths } from '../paths';
import { StewardSections, SuspendedAndBanned } from './StewardSections';
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
        {isSteward && (
          <StewardSections neighborhoodId={id}>
            <Members membership={viewerMembership} neighborhoodId={id} />
          </StewardSections>
        )}
        {isActive && !isSteward && (
          <Members membership={viewerMembership} neighborhoodId={id} />
        )}
      </Stack>
    </Page>
  );
}

/** Lists the members, and after them what the viewer's own membership allows. */
function Members({
  neighborhoodId,
  membership,
}: {
  neighborhoodId: string;
  membership: ComponentProps<typeof MyMembership>['membership'] & {
    role: MembershipRole;
  };
}) {
  const members = useMembers(neighborhoodId, 'ACTIVE');
  return (
    <>
      <MemberList members={members} title="Members" />
      {/* Not before the list, which would push it down. */}
      {!members.isLoading && (
        <>
          {membership.role === 'STEWARD' && (
            <SuspendedAndBanned neighborhoodId={neighborhoodId} />
          )}
          <MyMembership membership={membership} />
        </>
      )}
    </>
  );
}
