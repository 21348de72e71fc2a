import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { EmailLinkAction } from './EmailLinkAction';
import { EmptyState } from '../ui/EmptyState';
import { paths } from '../paths';

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
      text="You have given an e-mail address for your account, and this link was sent there. Is it yours?"
      label="Yes, it is my address"
      send={send}
      wayOn={{ to: paths.account, label: 'Have another link sent' }}
      done={
        <EmptyState
          role="status"
          picture={<IconMailCheck size={44} stroke={1.4} />}
          title="Your address is confirmed"
          action={
            <Button component={Link} to={paths.account} variant="light">
              To your account
            </Button>
          }
        >
          <span className="wrap-anywhere">{email}</span> is your e-mail address
          from now on. If you ever forget your password, you can choose a new
          one with it.
        </EmptyState>
      }
    />
  );
}
