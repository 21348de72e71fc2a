import { useMutation } from '@apollo/client/react';
import { IconMailOff } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { EmailLinkAction } from '../auth/EmailLinkAction';

const UNSUBSCRIBE = graphql(
  `
    mutation Unsubscribe($input: UnsubscribeInput!) {
      unsubscribe(input: $input) {
        unsubscribed
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Ends e-mail reminders with the token of an e-mail link. Works without a login. */
export function UnsubscribePage() {
  const [unsubscribe] = useMutation(UNSUBSCRIBE);

  const send = async (token: string) => {
    const { data } = await unsubscribe({ variables: { input: { token } } });
    return data?.unsubscribe.errors ?? [];
  };

  return (
    <EmailLinkAction
      title="No more reminders"
      text="We remind you by e-mail of what you have borrowed and are to bring back. Would you rather do without?"
      label="Send me no more reminders"
      send={send}
      retryLabel="Switch them off on your account"
      done={{
        Icon: IconMailOff,
        title: 'You get no more reminders',
        text: 'If you change your mind, switch them on again on your account page.',
      }}
    />
  );
}
