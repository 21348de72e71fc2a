import { useMutation } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { RemoveEmailInputSchema } from '../generated/validators';
import { t } from '../languages/texts';
import { DialogButton } from '../ui/DialogButton';
import { PasswordConfirmation } from './PasswordConfirmation';
import { renderIsolates } from '../languages/isolate';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';

const REMOVE_EMAIL = graphql(
  `
    mutation RemoveEmail($input: RemoveEmailInput!) {
      removeEmail(input: $input) {
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

type Owner = {
  username: string;
  /** The confirmed address. */
  email: string;
};

/** Removes the e-mail address. */
export function RemoveEmail(owner: Owner) {
  return (
    <DialogButton
      label={t('account.remove.submit')}
      title={t('account.remove.question')}
      variant="default"
      c="var(--mantine-color-error)"
    >
      {(close) => <Removal {...owner} onClose={close} />}
    </DialogButton>
  );
}

function Removal({
  username,
  email,
  onClose,
}: Owner & { onClose: () => void }) {
  const [removeEmail] = useMutation(REMOVE_EMAIL);
  const handle = useInputForm({
    schema: RemoveEmailInputSchema,
    initialValues: { password: '' },
    send: async (input) => {
      const { data } = await removeEmail({ variables: { input } });
      const { user, errors } = data?.removeEmail ?? {};
      if (user) {
        toastDone(t('account.remove.done'));
        onClose();
      }
      return errors ?? [];
    },
  });

  return (
    <>
      <Text mb="md" className="wrap-anywhere">
        {renderIsolates(t('account.remove.text', { email }))}
      </Text>
      <PasswordConfirmation
        handle={handle}
        username={username}
        submitLabel={t('account.remove.submit')}
        onCancel={onClose}
      />
    </>
  );
}
