import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Stack, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import type { AccountSessions_UserFragment } from '../generated/types';
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
    toastDone(
      count === 1
        ? 'One other device is logged out.'
        : `${count} other devices are logged out.`,
    );
    return [];
  };

  return (
    <AccountSection
      title="Where you are logged in"
      lead="If you see a device that you do not know or no longer have, log it out and change your password."
    >
      <Stack component="ul" className="plain-list" gap={0}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Stack>
      {sessions.length > 1 ? (
        <ConfirmButton
          label="Log out everywhere else"
          variant="light"
          title="Log out everywhere else?"
          text="All other devices are logged out at once. You stay logged in here."
          confirmLabel="Log them out"
          onConfirm={revoke}
        />
      ) : (
        <Text c="dimmed">All your other devices are logged out.</Text>
      )}
    </AccountSection>
  );
}
