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
import { statusHint } from './membershipMessages';
import { TimeAgo } from '../ui/TimeAgo';
import { toastDone } from '../ui/toast';
import { MY_NEIGHBORHOODS } from './useNeighborhoods';
import { rich, t } from '../languages/texts';

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
  const hint = statusHint(status);
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
          ? t(`neighborhoods.you.${role}`)
          : t(`neighborhoods.you.${status}`)}
      </Title>
      <Text c="dimmed" mt={4}>
        {hint ??
          rich('neighborhoods.you.came', {
            ago: <TimeAgo at={data.joinedAt ?? data.createdAt} />,
          })}
      </Text>
      {data.note != null && (
        <Text mt={4} className="wrap-anywhere">
          {rich('neighborhoods.you.wrote', { note: <bdi>{data.note}</bdi> })}
        </Text>
      )}
      {status === 'ACTIVE' && !canLeave && (
        <Text size="sm" c="dimmed" mt={4}>
          {role === 'STEWARD' && !canStepDown
            ? t('neighborhoods.you.onlySteward')
            : t('neighborhoods.you.hasLoans')}
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
      toastDone(t('neighborhoods.stepDown.done'));
    }
    return errors ?? [];
  };
  return (
    <ConfirmButton
      label={t('neighborhoods.stepDown.label')}
      variant="default"
      title={t('neighborhoods.stepDown.title')}
      text={t('neighborhoods.stepDown.text')}
      confirmLabel={t('neighborhoods.stepDown.label')}
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
          ? t('neighborhoods.withdraw.done')
          : t('neighborhoods.leave.done', { name }),
      );
    }
    return errors ?? [];
  };

  return isPending ? (
    <ConfirmButton
      label={t('neighborhoods.withdraw.label')}
      variant="default"
      title={t('neighborhoods.withdraw.title')}
      text={t('neighborhoods.withdraw.text')}
      confirmLabel={t('neighborhoods.withdraw.confirm')}
      cancelLabel={t('neighborhoods.withdraw.keep')}
      onConfirm={confirm}
    />
  ) : (
    <ConfirmButton
      label={t('neighborhoods.leave.label')}
      variant="subtle"
      color="red"
      c="var(--mantine-color-error)"
      title={t('neighborhoods.leave.title', { name })}
      text={t('neighborhoods.leave.text')}
      confirmLabel={t('neighborhoods.leave.label')}
      cancelLabel={t('neighborhoods.leave.stay')}
      onConfirm={confirm}
    />
  );
}
