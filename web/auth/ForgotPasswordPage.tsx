import { useMutation } from '@apollo/client/react';
import { Anchor, Button, Paper, Text } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { InputForm } from '../ui/InputForm';
import { restoreFocus } from '../ui/restoreFocus';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/Loading';
import { EmailField } from '../users/EmailField';
import { useInputForm } from '../ui/useInputForm';
import { RequestPasswordResetInputSchema } from '../generated/validators';
import { paths } from '../paths';
import { useSession } from '../session/session';

const REQUEST_PASSWORD_RESET = graphql(
  `
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
      requestPasswordReset(input: $input) {
        accepted
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Requests a link for a new password by e-mail. */
export function ForgotPasswordPage() {
  const session = useSession();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [requestReset] = useMutation(REQUEST_PASSWORD_RESET, {
    context: { anonymous: true },
  });

  const handle = useInputForm({
    schema: RequestPasswordResetInputSchema,
    initialValues: { email: '' },
    send: async (input) => {
      const { data } = await requestReset({ variables: { input } });
      const { accepted, errors } = data?.requestPasswordReset ?? {};
      if (accepted === true) setSentTo(input.email);
      // The form may have been replaced by the confirmation.
      restoreFocus();
      return errors ?? [];
    },
  });

  const askAgain = () => {
    setSentTo(null);
    restoreFocus();
  };

  if (session.status === 'unknown') return <PageSkeleton />;
  return (
    <Page
      title="Forgot your password?"
      lead="We send you a link with which you choose a new one."
      size="xs"
    >
      {sentTo == null ? (
        <Paper className="surface" p="lg">
          <InputForm handle={handle} submitLabel="Send me a link">
            <EmailField
              description="The address you confirmed for your account."
              {...handle.form.getInputProps('email')}
            />
          </InputForm>
        </Paper>
      ) : (
        <EmptyState
          role="status"
          picture={<IconMailForward size={44} stroke={1.4} />}
          title="Check your mail"
          action={
            <Button variant="default" onClick={askAgain}>
              Ask once more
            </Button>
          }
        >
          If somebody has confirmed{' '}
          <span className="wrap-anywhere">{sentTo}</span> for their account, a
          mail is on its way there. Its link works for an hour. If there is
          none, look among the unwanted mails.
        </EmptyState>
      )}
      <Text mt="lg" ta="center">
        Remembered it?{' '}
        <Anchor component={Link} to={paths.login} fw={600}>
          Log in
        </Anchor>
      </Text>
    </Page>
  );
}
