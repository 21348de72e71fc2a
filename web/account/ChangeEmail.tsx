import { useMutation } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Button, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { ChangeEmailInputSchema } from '../generated/validators';
import { t } from '../languages/texts';
import { DialogButton } from '../ui/DialogButton';
import { InputForm } from '../ui/InputForm';
import { EmailField } from '../users/EmailField';
import { PasswordField, PasswordOwner } from '../users/PersonFields';
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
  label,
  variant = 'light',
  onChanged,
}: {
  username: string;
  /** The account has no address yet. */
  isFirst: boolean;
  /** The button's label, if it is not the title of the dialog. */
  label?: string;
  /** Called when the link is on its way. */
  onChanged?: () => void;
} & Pick<ButtonProps, 'variant'>) {
  const title = isFirst ? t('account.email.add') : t('account.email.change');
  return (
    <DialogButton label={label ?? title} title={title} variant={variant}>
      {(close) => (
        <NewEmail username={username} onClose={close} onChanged={onChanged} />
      )}
    </DialogButton>
  );
}

function NewEmail({
  username,
  onClose,
  onChanged,
}: {
  username: string;
  onClose: () => void;
  onChanged?: () => void;
}) {
  const [changeEmail] = useMutation(CHANGE_EMAIL);
  const handle = useInputForm({
    schema: ChangeEmailInputSchema,
    initialValues: { email: '', password: '' },
    send: async (input) => {
      const { data } = await changeEmail({ variables: { input } });
      const { user, errors } = data?.changeEmail ?? {};
      if (user) {
        toastDone(t('account.email.linkSent', { email: input.email }));
        onClose();
        onChanged?.();
      }
      return errors ?? [];
    },
  });

  return (
    <>
      <Text mb="md">{t('account.email.addText')}</Text>
      <InputForm
        handle={handle}
        submitLabel={t('account.email.sendLink')}
        secondary={
          <Button variant="default" onClick={onClose}>
            {t('account.cancel')}
          </Button>
        }
      >
        <PasswordOwner username={username} />
        <EmailField
          label={t('account.email.address')}
          data-autofocus
          {...handle.form.getInputProps('email')}
        />
        <PasswordField
          label={t('account.yourPassword')}
          description={t('account.email.passwordHint')}
          autoComplete="current-password"
          {...handle.form.getInputProps('password')}
        />
      </InputForm>
    </>
  );
}
