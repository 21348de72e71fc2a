import { useMutation } from '@apollo/client/react';
import { Anchor, Paper, Text } from '@mantine/core';
import { Link, Navigate, useSearchParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { InputForm } from '../ui/InputForm';
import { Page } from '../ui/Page';
import {
  AboutField,
  NameField,
  PasswordField,
  UsernameField,
} from '../users/PersonFields';
import { EmailField } from '../users/EmailField';
import { PageSkeleton } from '../ui/Loading';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { SignUpInputSchema } from '../generated/validators';
import { paths, safeNext, withNext } from '../paths';
import { useSession, useSessionStore } from '../session/session';
import { isolate } from '../ui/isolate';

const SIGN_UP = graphql(
  `
    mutation SignUp($input: SignUpInput!) {
      signUp(input: $input) {
        accessToken
        expiresIn
        user {
          id
          name
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Sign-up page. Redirects to `?next` afterwards. */
export function SignUpPage() {
  const session = useSession();
  const { logIn } = useSessionStore();
  const [search] = useSearchParams();
  const next = safeNext(search.get('next'));
  // The response contains a token, which must not be cached.
  const [signUp] = useMutation(SIGN_UP, {
    fetchPolicy: 'no-cache',
    context: { anonymous: true },
  });

  const handle = useInputForm({
    schema: SignUpInputSchema,
    initialValues: {
      name: '',
      username: '',
      password: '',
      email: '',
      about: '',
    },
    optional: ['email'],
    send: async (input) => {
      const { data } = await signUp({ variables: { input } });
      const { accessToken, expiresIn, user, errors } = data?.signUp ?? {};
      if (accessToken != null && expiresIn != null && user) {
        const welcome = `Welcome, ${isolate(user.name)}!`;
        toastDone(
          input.email == null
            ? welcome
            : `${welcome} A mail to confirm your address is on its way to ${input.email}.`,
        );
        logIn({ accessToken, expiresIn, userId: user.id });
      }
      return errors ?? [];
    },
  });

  if (session.status === 'loggedIn') return <Navigate to={next} replace />;
  if (session.status === 'unknown') return <PageSkeleton />;
  return (
    <Page
      title="Sign up"
      lead="A minute, and you are one of the neighbors."
      size="xs"
    >
      <Paper className="surface" p="lg">
        <InputForm handle={handle} submitLabel="Sign up">
          <NameField {...handle.form.getInputProps('name')} />
          <UsernameField
            description="To log in with. Letters of one alphabet, digits, “_”, “.” and “-”"
            {...handle.form.getInputProps('username')}
          />
          <PasswordField
            description="At least 8 characters. A few words in a row work well."
            autoComplete="new-password"
            {...handle.form.getInputProps('password')}
          />
          <EmailField
            label="E-mail address (optional)"
            description="So that you hear of requests, and can choose a new password if you forget yours. Neighbors never see it."
            required={false}
            {...handle.form.getInputProps('email')}
          />
          <AboutField minRows={3} {...handle.form.getInputProps('about')} />
        </InputForm>
      </Paper>
      <Text mt="lg" ta="center">
        Already here?{' '}
        <Anchor component={Link} to={withNext(paths.login, next)} fw={600}>
          Log in
        </Anchor>
      </Text>
    </Page>
  );
}
