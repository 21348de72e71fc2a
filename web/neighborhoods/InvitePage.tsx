import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Text } from '@mantine/core';
import { Link, useNavigate, useParams } from 'react-router';
import { useAction } from '../ui/useAction';
import { ErrorAlert } from '../ui/ErrorAlert';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { PageSkeleton } from '../ui/Loading';
import { parseInviteCode } from './inviteCode';
import { toastDone } from '../ui/toast';
import { MY_NEIGHBORHOODS } from './useNeighborhoods';
import { paths, withNext } from '../paths';
import { useSession } from '../session/session';
import { UserText } from '../ui/UserText';
import { t } from '../languages/texts';

const INVITE = graphql(`
  query Invite($code: String!) {
    invite(code: $code) {
      neighborhoodName
      neighborhoodAbout
      memberCount
      invitedBy
      needsApproval
      viewerMembership {
        id
        status
        neighborhood {
          id
        }
      }
    }
  }
`);

const ACCEPT_INVITE = graphql(
  `
    mutation AcceptInvite($input: AcceptInviteInput!) {
      acceptInvite(input: $input) {
        membership {
          id
          status
          neighborhood {
            id
          }
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Page of an invite link: the neighborhood and the button to join it. Also for visitors. */
export function InvitePage() {
  const { id = '' } = useParams();
  const code = parseInviteCode(id) ?? id;
  const { status } = useSession();
  const { data, error, refetch } = useQuery(INVITE, {
    variables: { code },
    skip: status === 'unknown',
  });

  if (status === 'unknown') return <PageSkeleton />;
  if (!data)
    return (
      <PagePending
        title={t('neighborhoods.invitation.pending')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { invite } = data;
  if (!invite)
    return (
      <NotFoundMessage title={t('neighborhoods.invitation.gone.title')}>
        {t('neighborhoods.invitation.gone.text')}
      </NotFoundMessage>
    );

  const {
    neighborhoodName,
    neighborhoodAbout,
    memberCount,
    invitedBy,
    needsApproval,
    viewerMembership,
  } = invite;
  const isIn =
    viewerMembership?.status === 'ACTIVE' ||
    viewerMembership?.status === 'SUSPENDED';
  return (
    <Page
      title={t('neighborhoods.invitation.title', { name: neighborhoodName })}
      lead={
        invitedBy === ''
          ? t('neighborhoods.invitation.lead', { count: memberCount })
          : t('neighborhoods.invitation.leadBy', {
              name: invitedBy,
              count: memberCount,
            })
      }
      size="sm"
    >
      <Paper className="surface" p="lg">
        {neighborhoodAbout !== '' && (
          <UserText className="instructions" mb="lg">
            {neighborhoodAbout}
          </UserText>
        )}
        {isIn && viewerMembership.neighborhood ? (
          <AlreadyIn neighborhoodId={viewerMembership.neighborhood.id} />
        ) : viewerMembership?.status === 'PENDING' && needsApproval ? (
          <Text>{t('neighborhoods.hint.PENDING')}</Text>
        ) : status === 'loggedIn' ? (
          <AcceptInvite
            code={code}
            name={neighborhoodName}
            needsApproval={needsApproval}
          />
        ) : (
          <SignUpFirst here={paths.invite(code)} />
        )}
      </Paper>
    </Page>
  );
}

function AlreadyIn({ neighborhoodId }: { neighborhoodId: string }) {
  return (
    <>
      <Text mb="md">{t('neighborhoods.invitation.already')}</Text>
      <Button component={Link} to={paths.neighborhood(neighborhoodId)}>
        {t('neighborhoods.invitation.go')}
      </Button>
    </>
  );
}

function SignUpFirst({ here }: { here: string }) {
  return (
    <>
      <Text mb="md">{t('neighborhoods.invitation.needsAccount')}</Text>
      <Group gap="sm">
        <Button component={Link} to={withNext(paths.signUp, here)}>
          {t('neighborhoods.invitation.signUp')}
        </Button>
        <Button
          component={Link}
          to={withNext(paths.login, here)}
          variant="default"
        >
          {t('neighborhoods.invitation.logIn')}
        </Button>
      </Group>
    </>
  );
}

function AcceptInvite({
  code,
  name,
  needsApproval,
}: {
  code: string;
  name: string;
  needsApproval: boolean;
}) {
  const navigate = useNavigate();
  const { run, isBusy, problem } = useAction({ shows: 'inline' });
  const [acceptInvite] = useMutation(ACCEPT_INVITE, {
    refetchQueries: [MY_NEIGHBORHOODS],
    awaitRefetchQueries: true,
  });

  const accept = async () => {
    const { data } = await acceptInvite({ variables: { input: { code } } });
    const { membership, errors } = data?.acceptInvite ?? {};
    if (!membership?.neighborhood) return errors;
    toastDone(
      membership.status === 'PENDING'
        ? t('neighborhoods.invitation.asked')
        : t('neighborhoods.join.welcome', { name }),
    );
    await navigate(paths.neighborhood(membership.neighborhood.id), {
      replace: true,
    });
    return errors;
  };

  return (
    <>
      <ErrorAlert mb="md">{problem}</ErrorAlert>
      {needsApproval && (
        <Text mb="md">{t('neighborhoods.invitation.needsApproval')}</Text>
      )}
      <Button loading={isBusy} onClick={() => void run(accept)}>
        {needsApproval
          ? t('neighborhoods.join.ask')
          : t('neighborhoods.invitation.join')}
      </Button>
    </>
  );
}
