import { useMutation } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { ChangeEmailInputSchema } from '../generated/validators';
import { DialogButton } from '../ui/DialogButton';
import { InputForm } from '../ui/InputForm';
import {
  EmailField,
  PasswordField,
  PasswordOwner,
} from '../users/PersonFields';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';

const CHANGE_EMAIL = graphql(
  `
    mutation ChangeEmail($input: ChangeEmailInput!) {
      changeEmail(input: $input) {
        user {
          id
          email
          unverifiedEmail
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Adds or changes the e-mail address. */
export function ChangeEmail({
  username,
  isFirst,
}: {
  username: string;
  /** The account has no address yet. */
  isFirst: boolean;
}) {
  const label = isFirst ? 'Add an address' : 'Change the address';
  return (
    <DialogButton label={label} title={label} variant="light">
      {(close) => <NewEmail username={username} onClose={close} />}
    </DialogButton>
  );
}

function NewEmail({
  username,
  onClose,
}: {
  username: string;
  onClose: () => void;
}) {
  const [changeEmail] = useMutation(CHANGE_EMAIL);
  const handle = useInputForm({
    schema: ChangeEmailInputSchema,
    initialValues: { email: '', password: '' },
    send: async (input) => {
      const { data } = await changeEmail({ variables: { input } });
      const { user, errors } = data?.changeEmail ?? {};
      if (user) {
        toastDone(`A mail with a link is on its way to ${input.email}.`);
        onClose();
      }
      return errors ?? [];
    },
  });

  return (
    <>
      <Text mb="md">
        We will send you a link. Follow it to confirm the address.
      </Text>
      <InputForm
        handle={handle}
        submitLabel="Send me the link"
        secondary={
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        }
      >
        <PasswordOwner username={username} />
        <EmailField
          label="Your e-mail address"
          data-autofocus
          {...handle.form.getInputProps('email')}
        />
        <PasswordField
          label="Your password"
          description="The address can be used to choose another one."
          autoComplete="current-password"
          {...handle.form.getInputProps('password')}
        />
      </InputForm>
    </>
  );
}
