import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { Channel } from '../generated/types';
import { t } from '../languages/texts';
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

/** Sends a test message to the user. */
export function TestButton({ channel }: { channel: Channel }) {
  const { run, isBusy } = useAction();
  const [send] = useMutation(SEND_TEST_MESSAGE);

  const test = async () => {
    const { data } = await send({ variables: { input: { channel } } });
    const answer = data?.sendTestMessage;
    if (answer?.sentCount === 0)
      toastProblem(t(`deliveries.test.${channel}.failed`));
    else if (answer?.sentCount != null)
      toastDone(t(`deliveries.test.${channel}.sent`));
    return answer?.errors;
  };

  return (
    <Button variant="light" loading={isBusy} onClick={() => void run(test)}>
      {t(`deliveries.test.${channel}.label`)}
    </Button>
  );
}
