import { useMutation } from '@apollo/client/react';
import { IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { rich, t } from '../languages/texts';
import { EmailLinkAction } from './EmailLinkAction';

const VERIFY_EMAIL = graphql(
  `
    mutation VerifyEmail($input: VerifyEmailInput!) {
      verifyEmail(input: $input) {
        email
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

/** Confirms an e-mail address with the token of an e-mail link. Works without a login. */
export function VerifyEmailPage() {
  const [email, setEmail] = useState('');
  const [verifyEmail] = useMutation(VERIFY_EMAIL);

  const send = async (token: string) => {
    const { data } = await verifyEmail({ variables: { input: { token } } });
    const { email: verified, errors } = data?.verifyEmail ?? {};
    setEmail(verified ?? '');
    return errors ?? [];
  };

  return (
    <EmailLinkAction
      title={t('auth.confirmAddress')}
      text={t('auth.confirmText')}
      label={t('auth.confirm')}
      send={send}
      retryLabel={t('auth.resend')}
      done={{
        Icon: IconMailCheck,
        title: t('auth.confirmed'),
        text: rich('auth.confirmedText', {
          email: <bdi className="wrap-anywhere">{email}</bdi>,
        }),
      }}
    />
  );
}
