import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { Channel } from '../generated/types';
import { toastDone, toastProblem } from '../ui/toast';
import { useAction } from '../ui/useAction';
import { DELIVERY_SETTINGS } from './deliverySettings';

const SEND_TEST_MESSAGE = graphql(
  `
    mutation SendTestMessage($input: SendTestMessageInput!) {
      sendTestMessage(input: $input) {
        sentCount
        settings {
          ...DeliverySettings_settings
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [DELIVERY_SETTINGS, USER_ERROR_FIELDS],
);

const TEXTS = {
  PUSH: {
    label: 'Send me a test notification',
    sent: 'It is on its way.',
    failed: 'None of your devices could be reached.',
  },
  MAIL: {
    label: 'Send me a test mail',
    sent: 'It is on its way. Look among spam too.',
    failed: 'The mail could not be sent.',
  },
};

/** Sends a test message to the user. */
export function TestButton({ channel }: { channel: Channel }) {
  const { run, isBusy } = useAction();
  const [send] = useMutation(SEND_TEST_MESSAGE);
  const { label, sent, failed } = TEXTS[channel];

  const test = async () => {
    const { data } = await send({ variables: { input: { channel } } });
    const answer = data?.sendTestMessage;
    if (answer?.sentCount === 0) toastProblem(failed);
    else if (answer?.sentCount != null) toastDone(sent);
    return answer?.errors;
  };

  return (
    <Button variant="light" loading={isBusy} onClick={() => void run(test)}>
      {label}
    </Button>
  );
}
