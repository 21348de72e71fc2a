import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { InviteRow_InviteFragment } from '../generated/types';
import { paths } from '../paths';
import { ConfirmButton } from '../ui/ConfirmButton';
import { copyText } from '../ui/copyText';
import { toastDone, toastProblem } from '../ui/toast';
import { isolate, renderIsolates } from '../ui/isolate';

/** Fields of an invite row. */
export const INVITE_ROW = graphql(`
  fragment InviteRow_invite on Invite {
    id
    code
    expiresAt
    maxUses
    uses
    createdBy {
      id
      name
    }
  }
`);

const REVOKE_INVITE = graphql(
  `
    mutation RevokeInvite($input: RevokeInviteInput!) {
      revokeInvite(input: $input) {
        invite {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const dateTimeFormat = new Intl.DateTimeFormat('en', {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** Row of an invite link, with buttons to copy and revoke it. */
export function InviteRow({
  invite,
  takesFocus,
}: {
  invite: FragmentType<InviteRow_InviteFragment>;
  /** Takes the focus if it was just created, as copying it comes next. */
  takesFocus: boolean;
}) {
  const button = useFocusOnMount<HTMLButtonElement>(takesFocus);
  const { data, complete } = useFragment({
    fragment: INVITE_ROW,
    from: invite,
  });
  const [revokeInvite, { client }] = useMutation(REVOKE_INVITE);

  if (!complete) return null;
  const { code, expiresAt, maxUses, uses, createdBy } = data;
  const link = `${window.location.origin}${paths.invite(code)}`;

  const copy = async () => {
    if (await copyText(link)) toastDone('The link is copied. Send it on!');
    else toastProblem('Please select the link and copy it yourself.');
  };

  const revoke = async () => {
    const answer = await revokeInvite({
      variables: { input: { inviteId: data.id } },
    });
    const { invite: revoked, errors } = answer.data?.revokeInvite ?? {};
    if (revoked) {
      client.cache.evict({ id: client.cache.identify(data) });
      client.cache.gc();
      toastDone('The link no longer works.');
    }
    return errors ?? [];
  };

  return (
    <Paper component="li" className="surface" p="md">
      <Group gap="sm" align="flex-end">
        <TextInput
          flex="1 1 14rem"
          aria-label={`Invite link of ${createdBy.name}`}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          ref={button}
          variant="light"
          leftSection={<IconCopy size={18} />}
          onClick={() => void copy()}
        >
          Copy
        </Button>
      </Group>
      <Group justify="space-between" gap="xs" mt="xs">
        <Text size="sm" c="dimmed" className="wide-text wrap-anywhere">
          {renderIsolates(
            `${uses} of ${maxUses} used · works until ${dateTimeFormat.format(new Date(expiresAt))} · made by ${isolate(createdBy.name)}`,
          )}
        </Text>
        <ConfirmButton
          label="Revoke"
          variant="subtle"
          size="compact-md"
          color="red"
          c="var(--mantine-color-error)"
          title="Revoke this link?"
          text="It stops working right away. People who joined with it stay."
          confirmLabel="Revoke it"
          cancelLabel="Keep it"
          onConfirm={revoke}
        />
      </Group>
    </Paper>
  );
}
