import { useMutation } from '@apollo/client/react';
import { Alert, Anchor, Paper, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, Navigate, useLocation, useSearchParams } from 'react-router';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import type { MessageId } from '../languages/texts';
import { rich, t } from '../languages/texts';
import { InputForm } from '../ui/InputForm';
import { Page } from '../ui/Page';
import { PasswordField, UsernameField } from '../users/PersonFields';
import { PageSkeleton } from '../ui/Loading';
import { useInputForm } from '../ui/useInputForm';
import { codeOf, retryMessage, errorMessage } from '../errors';
import { LoginInputSchema } from '../generated/validators';
import { paths, safeNext, withNext } from '../paths';
import type { Ended } from '../session/session';
import { useSession, useSessionStore } from '../session/session';

const LOGIN = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      accessToken
      expiresIn
      user {
        id
      }
    }
  }
`);

const ENDED = {
  endedElsewhere: 'auth.endedElsewhere',
  loggedOutInOtherTab: 'auth.loggedOutInOtherTab',
} as const satisfies Record<Ended, MessageId>;

/** Messages of pages that lead here, by the state of the navigation. */
const ARRIVALS = {
  loggedOut: 'auth.loggedOut',
  passwordChanged: 'auth.passwordChanged',
} as const satisfies Record<string, MessageId>;

/** Login page. Redirects to `?next` afterwards. */
export function LoginPage() {
  const session = useSession();
  const { logIn } = useSessionStore();
  const [search] = useSearchParams();
  const next = safeNext(search.get('next'));
  const note = useNote();
  // On the way out: the session ends in a moment.
  const [isLeaving] = useState(
    session.status === 'loggedIn' && note === ARRIVALS.loggedOut,
  );
  // The response contains a token, which must not be cached.
  const [login] = useMutation(LOGIN, {
    fetchPolicy: 'no-cache',
    context: { anonymous: true },
  });

  const handle = useInputForm({
    schema: LoginInputSchema,
    initialValues: { username: '', password: '' },
    send: async (input) => {
      try {
        const { data } = await login({ variables: { input } });
        if (data) logIn({ ...data.login, userId: data.login.user.id });
        return [];
      } catch (error) {
        const code = codeOf(error);
        if (code === 'TOO_MANY_REQUESTS')
          return [
            {
              message: `${t('auth.tooManyPasswords')} ${retryMessage(error)}`,
              field: null,
            },
          ];
        if (code !== 'INVALID_CREDENTIALS') throw error;
        return [{ message: errorMessage(error), field: ['password'] }];
      }
    },
  });

  if (session.status === 'loggedIn' && !isLeaving)
    return <Navigate to={next} replace />;
  if (session.status === 'unknown') return <PageSkeleton />;
  return (
    <Page
      title={t('auth.logIn')}
      lead={
        note == null && next !== paths.home ? t('auth.logInFirst') : undefined
      }
      size="xs"
    >
      {note != null && (
        <Alert
          mb="md"
          color="clay"
          variant="light"
          icon={<IconInfoCircle size={20} />}
        >
          {t(note)}
        </Alert>
      )}
      <Paper className="surface" p="lg">
        <InputForm handle={handle} submitLabel={t('auth.logIn')}>
          <UsernameField
            label={t('auth.usernameOrEmail')}
            inputMode="email"
            {...handle.form.getInputProps('username')}
          />
          <PasswordField
            autoComplete="current-password"
            {...handle.form.getInputProps('password')}
          />
        </InputForm>
        <Anchor
          component={Link}
          to={paths.forgotPassword}
          display="inline-block"
          mt="md"
        >
          {t('auth.forgotPassword')}
        </Anchor>
      </Paper>
      <Text mt="lg" ta="center">
        {rich('auth.newHere', {
          link: (parts) => (
            <Anchor component={Link} to={withNext(paths.signUp, next)} fw={600}>
              {parts}
            </Anchor>
          ),
        })}
      </Text>
    </Page>
  );
}

/** Says why a user has to log in again, that they have logged out, or that their new password is set. */
function useNote() {
  const session = useSession();
  const state: unknown = useLocation().state;
  if (typeof state === 'object' && state != null) {
    if ('passwordChanged' in state) return ARRIVALS.passwordChanged;
    if ('loggedOut' in state) return ARRIVALS.loggedOut;
  }
  const ended = session.status === 'visitor' ? session.ended : undefined;
  return ended ? ENDED[ended] : null;
}
