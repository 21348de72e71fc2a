import { useMutation } from '@apollo/client/react';
import { IconMailOff } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { paths } from '../paths';
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

/** Ends the e-mails of a topic with the token of an e-mail link. Works without a login. */
export function UnsubscribePage() {
  const [unsubscribe] = useMutation(UNSUBSCRIBE);

  const send = async (token: string) => {
    const { data } = await unsubscribe({ variables: { input: { token } } });
    return data?.unsubscribe.errors ?? [];
  };

  return (
    <EmailLinkAction
      title="Fewer e-mails"
      text="You get no more e-mails of this kind. Those of other kinds still reach you."
      label="Send me no more of them"
      send={send}
      retryLabel="Choose how we reach you"
      retryTo={paths.reach}
      done={{
        Icon: IconMailOff,
        title: 'You get no more of these e-mails',
        text: 'If you change your mind, switch them on again under “How we reach you” in your account.',
      }}
    />
  );
}
