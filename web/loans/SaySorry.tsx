import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { LoanActions_LoanFragment } from '../generated/types';
import { t } from '../languages/texts';
import { MESSAGE_BUBBLE } from '../messages/MessageBubble';
import { addToThread } from '../messages/threadCache';
import { useAction } from '../ui/useAction';

const SAY_SORRY = graphql(
  `
    mutation SaySorry($input: SendMessageInput!) {
      sendMessage(input: $input) {
        message {
          id
          ...MessageBubble_message
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [MESSAGE_BUBBLE, USER_ERROR_FIELDS],
);

/** Button that sends an apology for an overdue item to its owner. */
export function SaySorry({
  loan: { id, owner, viewerActions },
}: {
  loan: Pick<LoanActions_LoanFragment, 'id' | 'owner' | 'viewerActions'>;
}) {
  const [send] = useMutation(SAY_SORRY);
  const { run, isBusy } = useAction();
  const [isSent, setIsSent] = useState(false);
  if (isSent || !viewerActions.includes('SEND_MESSAGE')) return null;
  const saySorry = async () => {
    const body = t('loans.sorryMessage');
    const { data } = await send({
      variables: { input: { loanId: id, body } },
      update: (cache, { data: answer }) => {
        const message = answer?.sendMessage?.message;
        if (message) addToThread(cache, id, message.id);
      },
    });
    return data?.sendMessage?.errors;
  };
  return (
    <Button
      variant="default"
      mt="sm"
      loading={isBusy}
      onClick={async () =>
        setIsSent(
          await run(saySorry, t('loans.sorrySent', { owner: owner.name })),
        )
      }
    >
      {t('loans.saySorry')}
    </Button>
  );
}
