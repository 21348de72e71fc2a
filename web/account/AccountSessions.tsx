import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Stack, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import type { AccountSessions_UserFragment } from '../generated/types';
import { t } from '../languages/texts';
import { AccountSection } from './AccountSection';
import { ConfirmButton } from '../ui/ConfirmButton';
import { SESSION_ROW, SessionRow } from './SessionRow';
import { toastDone } from '../ui/toast';

/** Fields of the list of sessions. */
export const ACCOUNT_SESSIONS = graphql(
  `
    fragment AccountSessions_user on User {
      id
      sessions {
        id
        ...SessionRow_session
      }
    }
  `,
  [SESSION_ROW],
);

const REVOKE_OTHER_SESSIONS = graphql(`
  mutation RevokeOtherSessions {
    revokeOtherSessions {
      revokedCount
      user {
        id
        sessions {
          id
        }
      }
    }
  }
`);

/** Lists the user's sessions, which can be ended here. */
export function AccountSessions({
  user,
}: {
  user: FragmentType<AccountSessions_UserFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: ACCOUNT_SESSIONS,
    fragmentName: 'AccountSessions_user',
    from: user,
  });
  const [revokeOthers] = useMutation(REVOKE_OTHER_SESSIONS);
  if (!complete) return null;
  const sessions = data.sessions ?? [];

  const revoke = async () => {
    const answer = await revokeOthers();
    const count = answer.data?.revokeOtherSessions?.revokedCount ?? 0;
    toastDone(t('account.sessions.othersLoggedOut', { count }));
    return [];
  };

  return (
    <AccountSection
      title={t('account.sessions.title')}
      lead={t('account.sessions.lead')}
    >
      <Stack component="ul" className="plain-list" gap={0}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Stack>
      {sessions.length > 1 ? (
        <ConfirmButton
          label={t('account.sessions.logOutOthers')}
          variant="light"
          title={t('account.sessions.logOutOthersTitle')}
          text={t('account.sessions.logOutOthersText')}
          confirmLabel={t('account.sessions.logOutOthersConfirm')}
          onConfirm={revoke}
        />
      ) : (
        <Text c="dimmed">{t('account.sessions.none')}</Text>
      )}
    </AccountSection>
  );
}
