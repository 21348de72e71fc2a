import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { InviteRow_InviteFragment } from '../generated/types';
import { paths } from '../paths';
import { ConfirmButton } from '../ui/ConfirmButton';
import { CopyLinkButton, ShareButton, canShare } from '../ui/ShareButton';
import { toastDone } from '../ui/toast';
import { renderIsolates, withoutIsolates } from '../languages/isolate';
import { formatOf } from '../languages/formats';
import { t } from '../languages/texts';

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

const formatMoment = (moment: Date) =>
  formatOf(
    'end of an invite',
    (tag) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }),
  ).format(moment);

/** Row of an invite link, with buttons to send, print and revoke it. */
export function InviteRow({
  neighborhoodName,
  invite,
  takesFocus,
}: {
  neighborhoodName: string;
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
  const copied = t('neighborhoods.invites.copied');

  const revoke = async () => {
    const answer = await revokeInvite({
      variables: { input: { inviteId: data.id } },
    });
    const { invite: revoked, errors } = answer.data?.revokeInvite ?? {};
    if (revoked) {
      client.cache.evict({ id: client.cache.identify(data) });
      client.cache.gc();
      toastDone(t('neighborhoods.invites.revoked'));
    }
    return errors ?? [];
  };

  return (
    <Paper component="li" className="surface" p="md">
      <Group gap="sm" align="flex-end">
        <TextInput
          flex="1 1 14rem"
          aria-label={withoutIsolates(
            t('neighborhoods.invites.link', { name: createdBy.name }),
          )}
          dir="ltr"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyLinkButton
          ref={button}
          variant="light"
          link={link}
          copied={copied}
        />
        {canShare() && (
          <ShareButton
            variant="light"
            link={link}
            title={withoutIsolates(
              t('neighborhoods.invitation.title', { name: neighborhoodName }),
            )}
            copied={copied}
          />
        )}
      </Group>
      <Group justify="space-between" gap="xs" mt="xs">
        <Text size="sm" c="dimmed" className="wide-text wrap-anywhere">
          {renderIsolates(
            t('neighborhoods.invites.details', {
              uses,
              maxUses,
              until: formatMoment(new Date(expiresAt)),
              name: createdBy.name,
            }),
          )}
        </Text>
        <Group gap="xs">
          <Button
            component={Link}
            to={paths.printInvite(code)}
            variant="subtle"
            size="compact-md"
            leftSection={<IconPrinter size={18} aria-hidden="true" />}
          >
            {t('neighborhoods.invites.print')}
          </Button>
          <ConfirmButton
            label={t('neighborhoods.invites.revoke')}
            variant="subtle"
            size="compact-md"
            color="red"
            c="var(--mantine-color-error)"
            title={t('neighborhoods.invites.revokeTitle')}
            text={t('neighborhoods.invites.revokeText')}
            confirmLabel={t('neighborhoods.invites.revokeConfirm')}
            cancelLabel={t('neighborhoods.invites.revokeKeep')}
            onConfirm={revoke}
          />
        </Group>
      </Group>
    </Paper>
  );
}
