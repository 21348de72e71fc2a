import { Button } from '@mantine/core';
import { t } from '../languages/texts';
import { InputForm } from '../ui/InputForm';
import type { InputFormHandle } from '../ui/useInputForm';
import { PasswordField, PasswordOwner } from '../users/PersonFields';

/** Form of a dialog that deletes something once the user has confirmed it with their password. */
export function PasswordConfirmation({
  handle,
  username,
  submitLabel,
  onCancel,
}: {
  handle: InputFormHandle<{ password: string }>;
  username: string;
  submitLabel: string;
  onCancel: () => void;
}) {
  return (
    <InputForm
      handle={handle}
      submitLabel={submitLabel}
      isDangerous
      secondary={
        <Button variant="default" onClick={onCancel}>
          {t('account.keepIt')}
        </Button>
      }
    >
      <PasswordOwner username={username} />
      <PasswordField
        label={t('account.yourPassword')}
        autoComplete="current-password"
        data-autofocus
        {...handle.form.getInputProps('password')}
      />
    </InputForm>
  );
}
