import { useMutation } from '@apollo/client/react';
import { Switch } from '@mantine/core';
import '@mantine/core/styles/Switch.css';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { useAction } from '../ui/useAction';

const UPDATE_REMINDERS = graphql(
  `
    mutation UpdateReminders($input: UpdateRemindersInput!) {
      updateReminders(input: $input) {
        user {
          id
          remindersByEmail
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const LABEL = 'Remind me of what I have borrowed';
const WHEN =
  'The day before something is due, on that day, and a few times after it. At most one mail a day.';
const NO_ADDRESS = 'For this you need an address that you have confirmed.';

/** Turns e-mail reminders of borrowed items on and off. */
export function ReminderSwitch({
  isOn,
  isUseful,
}: {
  isOn: boolean;
  /** The account has a verified address. */
  isUseful: boolean;
}) {
  const { run, isBusy } = useAction();
  const [update] = useMutation(UPDATE_REMINDERS);
  const turn = async (byEmail: boolean) => {
    const { data } = await update({ variables: { input: { byEmail } } });
    return data?.updateReminders?.errors;
  };

  return (
    <Switch
      size="md"
      classNames={{ labelWrapper: 'wide-text wrap-anywhere' }}
      label={LABEL}
      // Mantine's label goes around the description as well, which would be read twice.
      aria-label={LABEL}
      description={isUseful ? WHEN : NO_ADDRESS}
      checked={isOn && isUseful}
      // A switch that is locked for a moment would lose the focus.
      disabled={!isUseful}
      aria-busy={isBusy}
      onChange={({ currentTarget: { checked } }) =>
        isBusy ||
        void run(
          () => turn(checked),
          checked ? 'We remind you by e-mail.' : 'You get no more reminders.',
        )
      }
    />
  );
}
