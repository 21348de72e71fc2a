import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Stack } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { AccountData } from './AccountData';
import { ACCOUNT_EMAIL, AccountEmail } from './AccountEmail';
import { ACCOUNT_PASSWORD, AccountPassword } from './AccountPassword';
import { ACCOUNT_SESSIONS, AccountSessions } from './AccountSessions';
import { DELETE_ACCOUNT_USER, DeleteAccount } from './DeleteAccount';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import type { AccountQuery, AccountQueryVariables } from '../generated/types';

const ACCOUNT: TypedDocumentNode<AccountQuery, AccountQueryVariables> = gql`
  query Account {
    me {
      id
      ...AccountSessions_user
      ...AccountPassword_user
      ...AccountEmail_user
      ...DeleteAccount_user
    }
  }
  ${ACCOUNT_SESSIONS}
  ${ACCOUNT_PASSWORD}
  ${ACCOUNT_EMAIL}
  ${DELETE_ACCOUNT_USER}
`;

/** What one does with one's account rather than with neighbors: one section for each. */
export function Account() {
  const { data, error, refetch } = useQuery(ACCOUNT, {
    // Somebody may just have logged in elsewhere.
    fetchPolicy: 'cache-and-network',
  });

  // The link in a mail opens in another tab, and what it did shows when one comes back.
  useWindowEvent('focus', () => void refetch().catch(() => undefined));

  if (!data)
    return (
      <PagePending title="Account" size="sm" error={error} retry={refetch} />
    );

  const { me } = data;
  return (
    <Page title="Account" size="sm">
      <Stack gap="md">
        <AccountSessions user={me} />
        <AccountPassword user={me} />
        <AccountEmail user={me} />
        <AccountData />
        <DeleteAccount user={me} />
      </Stack>
    </Page>
  );
}
