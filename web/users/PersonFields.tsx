import type {
  PasswordInputProps,
  TextInputProps,
  TextareaProps,
} from '@mantine/core';
import { PasswordInput, TextInput, Textarea } from '@mantine/core';

/** Field for the display name. */
export function NameField(props: TextInputProps) {
  return (
    <TextInput
      label="Your name"
      description="What neighbors call you"
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
      label="About you (optional)"
      description="What would your neighbors like to know?"
      autosize
      {...props}
    />
  );
}

/** Field for the postal address. */
export function AddressField(props: TextareaProps) {
  return (
    <Textarea
      label="Where you live (optional)"
      description="Only the neighbor who borrows from you or lends to you sees it, from the promise until the thing is back."
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
      label="Your phone number (optional)"
      description="Seen by the same people as your address, and for as long."
      autoComplete="tel"
      {...props}
    />
  );
}

/** Field for the username, without a phone keyboard's corrections. */
export function UsernameField(props: TextInputProps) {
  return (
    <TextInput
      label="Username"
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
      label="Password"
      required
      // Mantine marks an invalid password only visually.
      aria-invalid={props.error != null}
      visibilityToggleButtonProps={{
        'aria-label': 'Show or hide the password',
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
