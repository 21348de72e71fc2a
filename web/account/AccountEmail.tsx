import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import type { AccountEmail_UserFragment } from '../generated/types';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { AccountRow, AccountSection } from './AccountSection';
import { ChangeEmail } from './ChangeEmail';
import { RemoveEmail } from './RemoveEmail';
import { PendingEmail } from './PendingEmail';

/** Fields of the e-mail section. */
export const ACCOUNT_EMAIL = graphql(`
  fragment AccountEmail_user on User {
    id
    username
    email
    unverifiedEmail
  }
`);

/** Shows the user's e-mail address and what it is used for. */
export function AccountEmail({
  user,
}: {
  user: FragmentType<AccountEmail_UserFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: ACCOUNT_EMAIL,
    from: user,
  });
  if (!complete) return null;
  const { username, email, unverifiedEmail } = data;

  return (
    <AccountSection
      title={t('account.email.title')}
      lead={t('account.email.lead')}
    >
      <Stack component="ul" className="plain-list" gap={0}>
        {email != null && (
          <AccountRow justify="flex-start">
            <Text fw={600} className="wrap-anywhere">
              {email}
            </Text>
            <Badge variant="light" color="sage" className="badge">
              {t('account.email.confirmed')}
            </Badge>
          </AccountRow>
        )}
        {unverifiedEmail != null && (
          <PendingEmail email={unverifiedEmail} replaced={email} />
        )}
      </Stack>
      <Group gap="sm" mb="md">
        <ChangeEmail
          username={username}
          isFirst={email == null && unverifiedEmail == null}
        />
        {email != null && <RemoveEmail username={username} email={email} />}
      </Group>
      <Anchor component={Link} to={paths.reach}>
        {t('account.email.choose')}
      </Anchor>
    </AccountSection>
  );
}
