import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Badge, Group, Text } from '@mantine/core';
import { useId } from 'react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { SessionRow_SessionFragment } from '../generated/types';
import { rich, t } from '../languages/texts';
import { AccountRow } from './AccountSection';
import { ConfirmButton } from '../ui/ConfirmButton';
import { withoutIsolates } from '../languages/isolate';
import { TimeAgo } from '../ui/TimeAgo';
import { toastDone } from '../ui/toast';

/** Fields of a session's row. */
export const SESSION_ROW = graphql(`
  fragment SessionRow_session on Session {
    id
    device
    current
    createdAt
    lastUsedAt
  }
`);

const REVOKE_SESSION = graphql(
  `
    mutation RevokeSession($input: RevokeSessionInput!) {
      revokeSession(input: $input) {
        user {
          id
          sessions {
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

/** Shows a device that is logged in, with a button to log it out. */
export function SessionRow({
  session,
}: {
  session: FragmentType<SessionRow_SessionFragment>;
}) {
  const about = useId();
  const { data, complete } = useFragment({
    fragment: SESSION_ROW,
    from: session,
  });
  const [revokeSession] = useMutation(REVOKE_SESSION);
  if (!complete) return null;
  const { id, device, current, createdAt, lastUsedAt } = data;

  const revoke = async () => {
    const answer = await revokeSession({
      variables: { input: { sessionId: id } },
    });
    const { user, errors } = answer.data?.revokeSession ?? {};
    if (user) toastDone(t('account.sessions.loggedOut', { device }));
    return errors ?? [];
  };

  return (
    <AccountRow>
      <div className="wide-text">
        <Group gap="xs">
          <Text fw={600} className="wrap-anywhere">
            {device}
          </Text>
          {current && (
            <Badge variant="light" color="sage" className="badge">
              {t('account.sessions.thisDevice')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" id={about}>
          {current
            ? rich('account.sessions.inUse', {
                created: <TimeAgo at={createdAt} />,
              })
            : rich('account.sessions.lastUsed', {
                used: <TimeAgo at={lastUsedAt} />,
                created: <TimeAgo at={createdAt} />,
              })}
        </Text>
      </div>
      {!current && (
        <ConfirmButton
          label={t('account.sessions.logOut')}
          aria-label={withoutIsolates(
            t('account.sessions.logOutDevice', { device }),
          )}
          aria-describedby={about}
          size="sm"
          variant="default"
          title={t('account.sessions.logOutQuestion', { device })}
          text={t('account.sessions.logOutText')}
          confirmLabel={t('account.sessions.logOutConfirm')}
          onConfirm={revoke}
        />
      )}
    </AccountRow>
  );
}
