import type { FragmentType } from '@apollo/client';
import {
  useApolloClient,
  useFragment,
  useMutation,
} from '@apollo/client/react';
import { Group, Paper, Text, Title } from '@mantine/core';
import { useNavigate } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { MyMembership_MembershipFragment } from '../generated/types';
import { paths } from '../paths';
import { ConfirmButton } from '../ui/ConfirmButton';
import { ROLE_LABELS, STATUS_HINTS, STATUS_LABELS } from './membershipMessages';
import { TimeAgo } from '../ui/TimeAgo';
import { toastDone } from '../ui/toast';
import { MY_NEIGHBORHOODS } from './useNeighborhoods';
import { isolate } from '../ui/isolate';

/** Fields of the viewer's own membership. */
export const MY_MEMBERSHIP = graphql(`
  fragment MyMembership_membership on Membership {
    id
    role
    status
    createdAt
    joinedAt
    note
    viewerActions
    neighborhood {
      id
      name
    }
  }
`);

const LEAVE = graphql(
  `
    mutation LeaveNeighborhood($input: LeaveNeighborhoodInput!) {
      leaveNeighborhood(input: $input) {
        membership {
          id
          role
          status
          viewerActions
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const STEP_DOWN = graphql(
  `
    mutation StepDown($input: StepDownInput!) {
      stepDown(input: $input) {
        membership {
          id
          role
          status
          viewerActions
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** The viewer's membership, with the buttons to leave or step down. */
export function MyMembership({
  membership,
}: {
  membership: FragmentType<MyMembership_MembershipFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: MY_MEMBERSHIP,
    from: membership,
  });
  if (!complete) return null;
  const { role, status, viewerActions, neighborhood } = data;
  const hint = STATUS_HINTS[status];
  const canLeave = viewerActions.includes('LEAVE');
  const canStepDown = viewerActions.includes('STEP_DOWN');

  return (
    <Paper
      component="section"
      className="surface"
      p="lg"
      aria-labelledby="your-place"
    >
      <Title order={2} size="h4" id="your-place">
        {status === 'ACTIVE'
          ? `You are a ${ROLE_LABELS[role].toLowerCase()}`
          : `You: ${STATUS_LABELS[status].toLowerCase()}`}
      </Title>
      <Text c="dimmed" mt={4}>
        {hint ?? (
          <>
            You came <TimeAgo at={data.joinedAt ?? data.createdAt} />.
          </>
        )}
      </Text>
      {data.note != null && (
        <Text mt={4} className="wrap-anywhere">
          You wrote: “<bdi>{data.note}</bdi>”
        </Text>
      )}
      {status === 'ACTIVE' && !canLeave && (
        <Text size="sm" c="dimmed" mt={4}>
          {role === 'STEWARD' && !canStepDown
            ? 'As the only steward you cannot leave: make somebody else a steward first.'
            : 'You cannot leave while you borrow or lend something here.'}
        </Text>
      )}
      {neighborhood && (canStepDown || canLeave) && (
        <Group gap="sm" mt="md">
          {canStepDown && <StepDown neighborhoodId={neighborhood.id} />}
          {canLeave && (
            <Leave
              neighborhood={neighborhood}
              isPending={status === 'PENDING'}
            />
          )}
        </Group>
      )}
    </Paper>
  );
}

function StepDown({ neighborhoodId }: { neighborhoodId: string }) {
  const [stepDown, { client }] = useMutation(STEP_DOWN);
  const confirm = async () => {
    const { data } = await stepDown({
      variables: { input: { neighborhoodId } },
    });
    const { membership, errors } = data?.stepDown ?? {};
    if (membership) {
      // A former steward sees less of all lists, so they are evicted.
      client.cache.evict({
        id: client.cache.identify({
          __typename: 'Neighborhood',
          id: neighborhoodId,
        }),
        fieldName: 'members',
      });
      toastDone('You are a plain member now.');
    }
    return errors ?? [];
  };
  return (
    <ConfirmButton
      label="Step down"
      variant="default"
      title="Stop being a steward?"
      text="You stay a member. Another steward would have to make you one again."
      confirmLabel="Step down"
      onConfirm={confirm}
    />
  );
}

function Leave({
  neighborhood: { id, name },
  isPending,
}: {
  neighborhood: { id: string; name: string };
  /** The membership is still pending. */
  isPending: boolean;
}) {
  const navigate = useNavigate();
  const client = useApolloClient();
  const [leave] = useMutation(LEAVE);
  const confirm = async () => {
    const { data } = await leave({
      variables: { input: { neighborhoodId: id } },
    });
    const { membership, errors } = data?.leaveNeighborhood ?? {};
    if (membership) {
      await client.refetchQueries({ include: [MY_NEIGHBORHOODS] });
      await navigate(paths.neighborhoods, { flushSync: true, replace: true });
      // Nothing that is shared there may be seen any more.
      client.cache.evict({
        id: client.cache.identify({ __typename: 'Neighborhood', id }),
      });
      client.cache.gc();
      toastDone(
        isPending
          ? 'Your request is withdrawn.'
          : `You have left ${isolate(name)}.`,
      );
    }
    return errors ?? [];
  };

  return isPending ? (
    <ConfirmButton
      label="Withdraw your request"
      variant="default"
      title="Withdraw your request?"
      text="You can ask to join again later."
      confirmLabel="Withdraw it"
      cancelLabel="Keep it"
      onConfirm={confirm}
    />
  ) : (
    <ConfirmButton
      label="Leave"
      variant="subtle"
      color="red"
      c="var(--mantine-color-error)"
      title={`Leave ${isolate(name)}?`}
      text="Your things there are no longer lent, and open requests end. You may come back, but your things do not come back by themselves."
      confirmLabel="Leave"
      cancelLabel="Stay"
      onConfirm={confirm}
    />
  );
}
