import type { FragmentType } from '@apollo/client';
import { useApolloClient, useFragment } from '@apollo/client/react';
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useAction } from '../ui/useAction';
import { graphql } from '../apollo/graphql';
import type {
  MemberActions_MembershipFragment,
  MembershipAction,
} from '../generated/types';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import type { MembershipActionSpec } from './membershipActions';
import { MEMBERSHIP_ACTIONS } from './membershipActions';
import { toastDone } from '../ui/toast';
import { withoutIsolates } from '../languages/isolate';
import { t } from '../languages/texts';

/** Fields that a steward's actions on a membership need. */
export const MEMBER_ACTIONS = graphql(`
  fragment MemberActions_membership on Membership {
    id
    viewerActions
    user {
      id
      name
    }
    neighborhood {
      id
    }
  }
`);

/** Actions that answer a request to join, shown as buttons beside it. */
const INLINE_ACTIONS: readonly MembershipAction[] = ['APPROVE', 'DECLINE'];

/** Buttons and menu for a steward's actions on a membership. */
export function MemberActions({
  membership,
  refetchLists,
}: {
  membership: FragmentType<MemberActions_MembershipFragment>;
  /** Refetches the lists of members, to which the action may have added a member. */
  refetchLists: () => Promise<unknown>;
}) {
  const { data, complete } = useFragment({
    fragment: MEMBER_ACTIONS,
    from: membership,
  });
  const client = useApolloClient();
  const [pendingAction, setPendingAction] =
    useState<MembershipActionSpec | null>(null);
  const [isAsking, { open, close }] = useDisclosure();
  const { run, isBusy } = useAction();
  if (!complete) return null;

  const { id, user, neighborhood, viewerActions } = data;
  const actions = viewerActions.flatMap((action) => {
    const spec = MEMBERSHIP_ACTIONS[action];
    return spec ? [{ action, spec }] : [];
  });
  const answers = actions.filter(({ action }) =>
    INLINE_ACTIONS.includes(action),
  );
  const others = actions.filter(
    ({ action }) => !INLINE_ACTIONS.includes(action),
  );

  const act = async (spec: MembershipActionSpec) => {
    const answer = await client.mutate({
      mutation: spec.mutation,
      variables: { membershipId: id },
    });
    const { membership: changed, errors } = answer.data?.payload ?? {};
    if (changed) {
      toastDone(spec.done(user.name));
      // A former steward sees less of all lists, so they are evicted.
      if (spec === MEMBERSHIP_ACTIONS.HAND_OVER_STEWARDSHIP && neighborhood)
        client.cache.evict({
          id: client.cache.identify(neighborhood),
          fieldName: 'members',
        });
      else void refetchLists();
    }
    return errors ?? [];
  };

  const start = (spec: MembershipActionSpec) => {
    if (!spec.question) return void run(() => act(spec));
    setPendingAction(spec);
    open();
  };

  return (
    <Group gap="xs">
      {answers.map(({ action, spec }) => (
        <Button
          key={action}
          size="sm"
          variant={spec.isHarmless ? 'light' : 'default'}
          loading={isBusy && spec.isHarmless}
          aria-label={withoutIsolates(
            t('neighborhoods.actions.labelled', {
              label: spec.label(),
              name: user.name,
            }),
          )}
          onClick={() => start(spec)}
        >
          {spec.label()}
        </Button>
      ))}
      {others.length > 0 && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="var(--mantine-color-text)"
              size={44}
              radius="xl"
              aria-label={withoutIsolates(
                t('neighborhoods.actions.menu', { name: user.name }),
              )}
            >
              <IconDots size={22} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map(({ action, spec }) => (
              <Menu.Item
                key={action}
                c={spec.isHarmless ? undefined : 'var(--mantine-color-error)'}
                onClick={() => start(spec)}
              >
                {spec.label()}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {pendingAction?.question && (
        <ConfirmDialog
          opened={isAsking}
          onClose={close}
          title={pendingAction.question(user.name).title}
          confirmLabel={pendingAction.label()}
          isHarmless={pendingAction.isHarmless}
          onConfirm={() => act(pendingAction)}
        >
          {pendingAction.question(user.name).text}
        </ConfirmDialog>
      )}
    </Group>
  );
}
