import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { List, Stack, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { DeleteAccount_UserFragment } from '../generated/types';
import { DeleteAccountInputSchema } from '../generated/validators';
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
      title="Delete your account"
      lead="This cannot be undone. First, everything you lend or borrow has to be back, and where you are the only steward, another member has to become one."
    >
      <DialogButton
        label="Delete your account"
        title="Delete your account?"
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
        <Text>This will be deleted right away, for good:</Text>
        <List>
          <List.Item>
            your profile, address and e-mail, and your username
          </List.Item>
          <List.Item>your things, recipes, photos and notifications</List.Item>
          <List.Item>
            what you asked for or promised and was not handed over yet
          </List.Item>
        </List>
        <Text>
          Your neighbors keep past loans, with the name of the thing, and the
          messages that you wrote to them: from “A former neighbor”.
        </Text>
      </Stack>
      <PasswordConfirmation
        handle={handle}
        username={username}
        submitLabel="Delete it for good"
        onCancel={onCancel}
      />
    </>
  );
}
