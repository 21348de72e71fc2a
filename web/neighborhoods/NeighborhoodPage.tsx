import { useQuery } from '@apollo/client/react';
import { Button, Stack } from '@mantine/core';
import { IconPencil, IconUserPlus } from '@tabler/icons-react';
import type { ComponentProps, ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { MembershipRole } from '../generated/types';
import { graphql } from '../apollo/graphql';
import { JoinNeighborhood } from './JoinNeighborhood';
import { MemberList, useMembers } from './MemberList';
import { MY_MEMBERSHIP, MyMembership } from './MyMembership';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { paths } from '../paths';
import { INVITES_HEADING, InviteList, useInvites } from './InviteList';
import { Loading, TextSkeleton } from '../ui/Loading';
import { ReportList, useReports } from '../reports/ReportList';
import { UserText } from '../ui/UserText';
import { t } from '../languages/texts';

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
        viewerActions
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
    return (
      <PagePending
        title={t('neighborhoods.page')}
        error={error}
        retry={refetch}
      />
    );

  const { neighborhood } = data;
  if (!neighborhood)
    return (
      <NotFoundMessage title={t('neighborhoods.notFound.title')}>
        {t('neighborhoods.notFound.text')}
      </NotFoundMessage>
    );

  const { name, about, memberCount, joinPolicy, timeZone, viewerMembership } =
    neighborhood;
  const isActive = viewerMembership?.status === 'ACTIVE';
  const isSteward = isActive && viewerMembership.role === 'STEWARD';
  const canInvite = neighborhood.viewerActions.includes('INVITE');
  const isOutside = !viewerMembership || viewerMembership.status === 'ENDED';
  return (
    <Page
      key={neighborhood.id}
      title={name}
      lead={t(`neighborhoods.summary.${joinPolicy}`, {
        count: memberCount,
        timeZone: timeZone.replaceAll('_', ' '),
      })}
      actions={
        isSteward ? (
          <Button
            component={Link}
            to={paths.editNeighborhood(neighborhood.id)}
            variant="default"
            leftSection={<IconPencil size={18} />}
          >
            {t('neighborhoods.edit')}
          </Button>
        ) : (
          canInvite && <JumpToInvites />
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
          <StewardSections neighborhood={neighborhood}>
            <Members
              membership={viewerMembership}
              neighborhood={neighborhood}
              canInvite={canInvite}
            />
          </StewardSections>
        )}
        {isActive && !isSteward && (
          <Members
            membership={viewerMembership}
            neighborhood={neighborhood}
            canInvite={canInvite}
          />
        )}
      </Stack>
    </Page>
  );
}

/** Neighborhood, as the sections about invites need it. */
type InvitingNeighborhood = ComponentProps<typeof InviteList>['neighborhood'];

/** Leads to the invite links, which are below the members. */
function JumpToInvites() {
  const jump = () => {
    const heading = document.getElementById(INVITES_HEADING);
    heading?.scrollIntoView({ block: 'center' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <Button
      variant="light"
      leftSection={<IconUserPlus size={18} aria-hidden="true" />}
      onClick={jump}
    >
      {t('neighborhoods.invite')}
    </Button>
  );
}

/** Lists the members, and after them what the viewer's own membership allows. */
function Members({
  neighborhood,
  membership,
  canInvite,
}: {
  neighborhood: InvitingNeighborhood;
  canInvite: boolean;
  membership: ComponentProps<typeof MyMembership>['membership'] & {
    role: MembershipRole;
  };
}) {
  const isSteward = membership.role === 'STEWARD';
  const members = useMembers(neighborhood.id, 'ACTIVE');
  // Stewards have them above.
  const showsInvites = canInvite && !isSteward;
  const invites = useInvites(neighborhood.id, !showsInvites);
  return (
    <>
      <MemberList members={members} title={t('neighborhoods.members')} />
      {/* Not before the list, which would push it down. */}
      {!members.isLoading && !invites.isLoading && (
        <>
          {showsInvites && (
            <InviteList
              neighborhood={neighborhood}
              isSteward={false}
              invites={invites}
            />
          )}
          {isSteward && <SuspendedAndBanned neighborhoodId={neighborhood.id} />}
          <MyMembership membership={membership} />
        </>
      )}
    </>
  );
}

/**
 * Sections that only stewards see. What follows on the page comes as `children`: it appears together with these
 * sections, as it would jump otherwise.
 */
function StewardSections({
  neighborhood,
  children,
}: {
  neighborhood: InvitingNeighborhood;
  children: ReactNode;
}) {
  const { id: neighborhoodId } = neighborhood;
  const pending = useMembers(neighborhoodId, 'PENDING');
  const invites = useInvites(neighborhoodId);
  const reports = useReports(neighborhoodId);
  if (pending.isLoading || invites.isLoading || reports.isFirstLoading)
    return (
      <Loading>
        <TextSkeleton />
      </Loading>
    );
  return (
    <>
      <MemberList members={pending} title={t('neighborhoods.pending')} />
      <InviteList neighborhood={neighborhood} isSteward invites={invites} />
      <ReportList reports={reports} />
      {children}
    </>
  );
}

/** Lists those whose membership is suspended or who are banned, for stewards. */
function SuspendedAndBanned({ neighborhoodId }: { neighborhoodId: string }) {
  const suspended = useMembers(neighborhoodId, 'SUSPENDED');
  const banned = useMembers(neighborhoodId, 'BANNED');
  return (
    <>
      <MemberList
        members={suspended}
        title={t('neighborhoods.suspended.title')}
        hint={t('neighborhoods.suspended.hint')}
      />
      <MemberList
        members={banned}
        title={t('neighborhoods.banned.title')}
        hint={t('neighborhoods.banned.hint')}
      />
    </>
  );
}
