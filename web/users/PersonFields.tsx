import type {
  PasswordInputProps,
  TextInputProps,
  TextareaProps,
} from '@mantine/core';
import { PasswordInput, TextInput, Textarea } from '@mantine/core';
import { t } from '../languages/texts';

/** Field for the display name. */
export function NameField(props: TextInputProps) {
  return (
    <TextInput
      label={t('users.field.name')}
      description={t('users.field.nameHint')}
      autoComplete="name"
      required
      {...props}
    />
  );
}

/** Field for the text about a person. */
export function AboutField(props: TextareaProps) {
  return (
    <Textarea
      label={t('users.field.about')}
      description={t('users.field.aboutHint')}
      autosize
      {...props}
    />
  );
}

/** Field for the postal address. */
export function AddressField(props: TextareaProps) {
  return (
    <Textarea
      label={t('users.field.address')}
      description={t('users.field.addressHint')}
      autoComplete="street-address"
      autosize
      minRows={2}
      {...props}
    />
  );
}

/** Field for the phone number. */
export function PhoneField(props: TextInputProps) {
  return (
    <TextInput
      type="tel"
      label={t('users.field.phone')}
      description={t('users.field.phoneHint')}
      autoComplete="tel"
      {...props}
    />
  );
}

/** Field for the username, without a phone keyboard's corrections. */
export function UsernameField(props: TextInputProps) {
  return (
    <TextInput
      label={t('users.field.username')}
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      {...props}
    />
  );
}

/** Field for a password, which can be made visible. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      label={t('users.field.password')}
      required
      // Mantine marks an invalid password only visually.
      aria-invalid={props.error != null}
      visibilityToggleButtonProps={{
        'aria-label': t('users.field.showPassword'),
        tabIndex: 0,
      }}
      {...props}
    />
  );
}

/** Hidden username for password managers, on pages that know the user. */
export function PasswordOwner({ username }: { username: string }) {
  return (
    <input
      type="text"
      name="username"
      autoComplete="username"
      value={username}
      readOnly
      hidden
    />
  );
}
