import { useMutation } from '@apollo/client/react';
import { Anchor, Paper, Text } from '@mantine/core';
import { Link, Navigate, useSearchParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { rich, t } from '../languages/texts';
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
        const { name } = user;
        toastDone(
          input.email == null
            ? t('auth.welcome', { name })
            : t('auth.welcomeMail', { name, email: input.email }),
        );
        logIn({ accessToken, expiresIn, userId: user.id });
      }
      return errors ?? [];
    },
  });

  if (session.status === 'loggedIn') return <Navigate to={next} replace />;
  if (session.status === 'unknown') return <PageSkeleton />;
  return (
    <Page title={t('auth.signUp')} lead={t('auth.signUpLead')} size="xs">
      <Paper className="surface" p="lg">
        <InputForm handle={handle} submitLabel={t('auth.signUp')}>
          <NameField {...handle.form.getInputProps('name')} />
          <UsernameField
            description={t('auth.usernameHint')}
            {...handle.form.getInputProps('username')}
          />
          <PasswordField
            description={t('auth.passwordHint')}
            autoComplete="new-password"
            {...handle.form.getInputProps('password')}
          />
          <EmailField
            label={t('auth.emailOptional')}
            description={t('auth.emailHint')}
            required={false}
            {...handle.form.getInputProps('email')}
          />
          <AboutField minRows={3} {...handle.form.getInputProps('about')} />
        </InputForm>
      </Paper>
      <Text mt="lg" ta="center">
        {rich('auth.alreadyHere', {
          link: (parts) => (
            <Anchor component={Link} to={withNext(paths.login, next)} fw={600}>
              {parts}
            </Anchor>
          ),
        })}
      </Text>
    </Page>
  );
}
