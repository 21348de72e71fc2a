import { useMutation } from '@apollo/client/react';
import { Anchor, Button, Paper, Text } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { rich, t } from '../languages/texts';
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
      title={t('auth.forgotPassword')}
      lead={t('auth.forgotLead')}
      size="xs"
    >
      {sentTo == null ? (
        <Paper className="surface" p="lg">
          <InputForm handle={handle} submitLabel={t('auth.sendLink')}>
            <EmailField
              description={t('auth.confirmedAddress')}
              {...handle.form.getInputProps('email')}
            />
          </InputForm>
        </Paper>
      ) : (
        <EmptyState
          role="status"
          picture={<IconMailForward size={44} stroke={1.4} />}
          title={t('auth.checkMail')}
          action={
            <Button variant="default" onClick={askAgain}>
              {t('auth.askAgain')}
            </Button>
          }
        >
          {rich('auth.mailSent', {
            email: <bdi className="wrap-anywhere">{sentTo}</bdi>,
          })}
        </EmptyState>
      )}
      <Text mt="lg" ta="center">
        {rich('auth.remembered', {
          link: (parts) => (
            <Anchor component={Link} to={paths.login} fw={600}>
              {parts}
            </Anchor>
          ),
        })}
      </Text>
    </Page>
  );
}
