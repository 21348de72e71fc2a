import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { FollowLink } from '../auth/FollowLink';
import { Message } from '../ui/Message';
import type {
  UnsubscribeMutation,
  UnsubscribeMutationVariables,
} from '../generated/types';
import { paths } from '../paths';

const UNSUBSCRIBE: TypedDocumentNode<
  UnsubscribeMutation,
  UnsubscribeMutationVariables
> = gql`
  mutation Unsubscribe($input: UnsubscribeInput!) {
    unsubscribe(input: $input) {
      unsubscribed
      errors {
        code
        message
      }
    }
  }
`;

/** Where the link at the end of a reminder leads. Also for visitors. */
export function Unsubscribe() {
  const [unsubscribe] = useMutation(UNSUBSCRIBE);

  const send = async (token: string) => {
    const { data } = await unsubscribe({ variables: { input: { token } } });
    return data?.unsubscribe.errors ?? [];
  };

  return (
    <FollowLink
      title="No more reminders"
      text="We remind you by e-mail of what you have borrowed and are to bring back. Would you rather do without?"
      label="Send me no more reminders"
      send={send}
      wayOn={{ to: paths.account, label: 'Switch them off on your account' }}
      done={
        <Message
          role="status"
          picture={<IconMailOff size={44} stroke={1.4} />}
          title="You get no more reminders"
          action={
            <Button component={Link} to={paths.account} variant="light">
              To your account
            </Button>
          }
        >
          If you change your mind, switch them on again on your account page.
        </Message>
      }
    />
  );
}
