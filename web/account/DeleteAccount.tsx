import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { List, Stack, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { DeleteAccount_UserFragment } from '../generated/types';
import { DeleteAccountInputSchema } from '../generated/validators';
import { t } from '../languages/texts';
import { AccountSection } from './AccountSection';
import { DialogButton } from '../ui/DialogButton';
import { PasswordConfirmation } from './PasswordConfirmation';
import { useInputForm } from '../ui/useInputForm';
import { useLogoutRedirect } from './useLogoutRedirect';

/** Fields of the section that deletes the account. */
export const DELETE_ACCOUNT_USER = graphql(`
  fragment DeleteAccount_user on User {
    id
    username
  }
`);

const DELETE_ACCOUNT = graphql(
  `
    mutation DeleteAccount($input: DeleteAccountInput!) {
      deleteAccount(input: $input) {
        deleted
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Deletes the account for good. */
export function DeleteAccount({
  user,
}: {
  user: FragmentType<DeleteAccount_UserFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: DELETE_ACCOUNT_USER,
    from: user,
  });
  if (!complete) return null;
  return (
    <AccountSection
      title={t('account.delete.title')}
      lead={t('account.delete.lead')}
    >
      <DialogButton
        label={t('account.delete.title')}
        title={t('account.delete.question')}
        variant="default"
        c="var(--mantine-color-error)"
      >
        {(close) => <Farewell username={data.username} onCancel={close} />}
      </DialogButton>
    </AccountSection>
  );
}

function Farewell({
  username,
  onCancel,
}: {
  username: string;
  onCancel: () => void;
}) {
  const leave = useLogoutRedirect();
  const [deleteAccount] = useMutation(DELETE_ACCOUNT, {
    fetchPolicy: 'no-cache',
  });
  const handle = useInputForm({
    schema: DeleteAccountInputSchema,
    initialValues: { password: '' },
    send: async (input) => {
      const { data } = await deleteAccount({ variables: { input } });
      const { deleted, errors } = data?.deleteAccount ?? {};
      if (deleted === true) await leave('farewell');
      return errors ?? [];
    },
  });

  return (
    <>
      <Stack gap="xs" mb="md">
        <Text>{t('account.delete.gone')}</Text>
        <List>
          <List.Item>{t('account.delete.goneProfile')}</List.Item>
          <List.Item>{t('account.delete.goneThings')}</List.Item>
          <List.Item>{t('account.delete.goneLoans')}</List.Item>
        </List>
        <Text>{t('account.delete.kept')}</Text>
      </Stack>
      <PasswordConfirmation
        handle={handle}
        username={username}
        submitLabel={t('account.delete.submit')}
        onCancel={onCancel}
      />
    </>
  );
}
