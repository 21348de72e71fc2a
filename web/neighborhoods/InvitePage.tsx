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
import { STATUS_HINTS, countMembers } from './membershipMessages';
import { toastDone } from '../ui/toast';
import { MY_NEIGHBORHOODS } from './useNeighborhoods';
import { paths, withNext } from '../paths';
import { useSession } from '../session/session';
import { isolate } from '../ui/isolate';
import { UserText } from '../ui/UserText';

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
        title="You are invited"
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { invite } = data;
  if (!invite)
    return (
      <NotFoundMessage title="This invite no longer works">
        It has expired, was used up, or the link is not complete. Ask your
        neighbor for a new one.
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
      title={`Join ${isolate(neighborhoodName)}`}
      lead={`${invitedBy === '' ? 'You are invited.' : `${isolate(invitedBy)} has invited you.`} ${countMembers(memberCount)} ${memberCount === 1 ? 'shares' : 'share'} things and recipes here.`}
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
          <Text>{STATUS_HINTS.PENDING}</Text>
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
      <Text mb="md">You belong to this neighborhood already.</Text>
      <Button component={Link} to={paths.neighborhood(neighborhoodId)}>
        Go to the neighborhood
      </Button>
    </>
  );
}

function SignUpFirst({ here }: { here: string }) {
  return (
    <>
      <Text mb="md">
        To join you need an account. It takes a minute, and then you come back
        here.
      </Text>
      <Group gap="sm">
        <Button component={Link} to={withNext(paths.signUp, here)}>
          Sign up
        </Button>
        <Button
          component={Link}
          to={withNext(paths.login, here)}
          variant="default"
        >
          I have an account
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
        ? 'You asked to join. A steward will let you in.'
        : `Welcome to ${isolate(name)}!`,
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
        <Text mb="md">Here a steward lets people in. We ask for you.</Text>
      )}
      <Button loading={isBusy} onClick={() => void run(accept)}>
        {needsApproval ? 'Ask to join' : 'Join the neighborhood'}
      </Button>
    </>
  );
}
