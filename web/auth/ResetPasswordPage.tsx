import { useMutation } from '@apollo/client/react';
import { Paper } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import { InvalidLink } from './InvalidLink';
import { InputForm } from '../ui/InputForm';
import { restoreFocus } from '../ui/restoreFocus';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/Loading';
import { PasswordField } from '../users/PersonFields';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { ResetPasswordInputSchema } from '../generated/validators';
import { useLinkToken } from '../session/linkToken';
import { paths } from '../paths';
import { useSession, useSessionStore } from '../session/session';

const RESET_PASSWORD = graphql(
  `
    mutation ResetPassword($input: ResetPasswordInput!) {
      resetPassword(input: $input) {
        user {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** The page for another link. */
const wayOn = () => ({
  to: paths.forgotPassword,
  label: t('auth.anotherLink'),
});

/** Sets a new password with the token of an e-mail link. */
export function ResetPasswordPage() {
  const token = useLinkToken();
  const { status } = useSession();

  if (status === 'unknown') return <PageSkeleton />;
  return (
    <Page title={t('auth.chooseNewPassword')} size="xs">
      {token == null ? (
        <InvalidLink reason={null} wayOn={wayOn()} />
      ) : (
        <NewPassword key={token} token={token} />
      )}
    </Page>
  );
}

function NewPassword({ token }: { token: string }) {
  const navigate = useNavigate();
  const session = useSessionStore();
  const [refused, setRefused] = useState<string | null>(null);
  // It ends all sessions, including this tab's. The link alone authorizes the request.
  const [resetPassword] = useMutation(RESET_PASSWORD, {
    fetchPolicy: 'no-cache',
    context: { anonymous: true },
  });

  const leaveFor = async (userId: string) => {
    const current = session.get();
    if (current.status === 'loggedIn' && current.userId !== userId)
      toastDone(t('auth.changedForOther'));
    else if (current.status === 'loggedIn') session.logOut();
    const state = { passwordChanged: true };
    await navigate(paths.login, { replace: true, state });
  };

  const handle = useInputForm({
    schema: ResetPasswordInputSchema,
    initialValues: { token, newPassword: '' },
    send: async (input) => {
      const { data } = await resetPassword({ variables: { input } });
      const { user, errors = [] } = data?.resetPassword ?? {};
      if (user) await leaveFor(user.id);
      const ofLink = errors.find(({ field }) => field?.[0] === 'token');
      if (!ofLink) return errors;
      setRefused(ofLink.message);
      restoreFocus();
      return [];
    },
  });

  if (refused != null) return <InvalidLink reason={refused} wayOn={wayOn()} />;
  return (
    <Paper className="surface" p="lg">
      <InputForm handle={handle} submitLabel={t('auth.changePassword')}>
        <PasswordField
          label={t('auth.newPassword')}
          description={t('auth.passwordHint')}
          autoComplete="new-password"
          {...handle.form.getInputProps('newPassword')}
        />
      </InputForm>
    </Paper>
  );
}
