import { gql } from '@apollo/client';
import type { FragmentType, TypedDocumentNode } from '@apollo/client';
import { useApolloClient, useFragment } from '@apollo/client/react';
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { IdentityChangedError, sentenceFor } from '../errors';
import type {
  MemberActions_MembershipFragment,
  MembershipAction,
} from '../generated/types';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import type { MemberDeed } from './memberDeeds';
import { MEMBER_DEEDS } from './memberDeeds';
import { toastDone, toastProblem } from '../ui/toast';

/** What has to be known of a membership to decide over it. */
export const MEMBER_ACTIONS: TypedDocumentNode<MemberActions_MembershipFragment> = gql`
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
`;

/** These are the answer to a question, and stand beside it. */
const ANSWERS: readonly MembershipAction[] = ['APPROVE', 'DECLINE'];

/** What a steward may do with a membership now. */
export function MemberActions({
  membership,
  refetchLists,
}: {
  membership: FragmentType<MemberActions_MembershipFragment>;
  /** Asks for the lists of members anew, for what has come into one of them. */
  refetchLists: () => Promise<unknown>;
}) {
  const { data, complete } = useFragment({
    fragment: MEMBER_ACTIONS,
    from: membership,
  });
  const client = useApolloClient();
  const [asked, setAsked] = useState<MemberDeed | null>(null);
  const [isAsking, { open, close }] = useDisclosure();
  const [isBusy, setIsBusy] = useState(false);
  if (!complete) return null;

  const { id, user, neighborhood, viewerActions } = data;
  const deeds = viewerActions.flatMap((action) => {
    const deed = MEMBER_DEEDS[action];
    return deed ? [{ action, deed }] : [];
  });
  const answers = deeds.filter(({ action }) => ANSWERS.includes(action));
  const others = deeds.filter(({ action }) => !ANSWERS.includes(action));

  const act = async (deed: MemberDeed) => {
    const answer = await client.mutate({
      mutation: deed.mutation,
      variables: { membershipId: id },
    });
    const { membership: changed, errors } = answer.data?.payload ?? {};
    if (changed) {
      toastDone(deed.done(user.name));
      // Who is no steward any more sees less of all lists: they are thrown away.
      if (deed === MEMBER_DEEDS.HAND_OVER_STEWARDSHIP)
        client.cache.evict({
          id: client.cache.identify(neighborhood),
          fieldName: 'members',
        });
      else void refetchLists();
    }
    return errors ?? [];
  };

  const actAtOnce = async (deed: MemberDeed) => {
    setIsBusy(true);
    try {
      const [refusal] = await act(deed);
      if (refusal) toastProblem(refusal.message);
    } catch (error) {
      if (!(error instanceof IdentityChangedError))
        toastProblem(sentenceFor(error));
    } finally {
      setIsBusy(false);
    }
  };

  const start = (deed: MemberDeed) => {
    if (!deed.question) return void actAtOnce(deed);
    setAsked(deed);
    open();
  };

  return (
    <Group gap="xs">
      {answers.map(({ action, deed }) => (
        <Button
          key={action}
          size="sm"
          variant={deed.isHarmless ? 'light' : 'default'}
          loading={isBusy && deed.isHarmless}
          aria-label={`${deed.label}: ${user.name}`}
          onClick={() => start(deed)}
        >
          {deed.label}
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
              aria-label={`What to do about ${user.name}`}
            >
              <IconDots size={22} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map(({ action, deed }) => (
              <Menu.Item
                key={action}
                c={deed.isHarmless ? undefined : 'var(--mantine-color-error)'}
                onClick={() => start(deed)}
              >
                {deed.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked?.question && (
        <ConfirmDialog
          opened={isAsking}
          onClose={close}
          title={asked.question(user.name).title}
          confirmLabel={asked.label}
          isHarmless={asked.isHarmless}
          onConfirm={() => act(asked)}
        >
          {asked.question(user.name).text}
        </ConfirmDialog>
      )}
    </Group>
  );
}
