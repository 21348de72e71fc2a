import { useMutation } from '@apollo/client/react';
import { IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
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
      title="Confirm your address"
      text="We sent this link to the e-mail address you gave for your account. Is it yours?"
      label="Yes, it is my address"
      send={send}
      retryLabel="Have another link sent"
      done={{
        Icon: IconMailCheck,
        title: 'Your address is confirmed',
        text: (
          <>
            <span className="wrap-anywhere">{email}</span> is your e-mail
            address from now on. If you ever forget your password, you can
            choose a new one with it.
          </>
        ),
      }}
    />
  );
}
