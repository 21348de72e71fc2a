import { useMutation } from '@apollo/client/react';
import { Badge, Button, Group, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import { withoutIsolates } from '../languages/isolate';
import { useAction } from '../ui/useAction';
import { AccountRow } from './AccountSection';

const RESEND_VERIFICATION = graphql(
  `
    mutation ResendVerification($input: ResendVerificationInput!) {
      resendVerification(input: $input) {
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

const CANCEL_EMAIL_CHANGE = graphql(
  `
    mutation CancelEmailChange($input: CancelEmailChangeInput!) {
      cancelEmailChange(input: $input) {
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

/** Shows an e-mail address that is not confirmed yet. */
export function PendingEmail({
  email,
  replaced,
}: {
  email: string;
  /** The address that counts until then; null if there is none. */
  replaced: string | null;
}) {
  const [resend] = useMutation(RESEND_VERIFICATION);
  const [cancel] = useMutation(CANCEL_EMAIL_CHANGE);
  const resending = useAction();
  const cancelling = useAction();
  const variables = { input: { email } };
  const sendAgain = async () => {
    const { data } = await resend({ variables });
    return data?.resendVerification?.errors;
  };
  const forget = async () => {
    const { data } = await cancel({ variables });
    return data?.cancelEmailChange?.errors;
  };

  return (
    <AccountRow>
      <div className="wide-text">
        <Group gap="xs">
          <Text fw={600} className="wrap-anywhere">
            {email}
          </Text>
          <Badge variant="light" color="clay" className="badge">
            {t('account.pending.badge')}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {replaced == null
            ? t('account.pending.hint')
            : t('account.pending.hintReplacing')}
        </Text>
      </div>
      <Group gap="xs">
        <Button
          size="sm"
          variant="light"
          loading={resending.isBusy}
          onClick={() =>
            void resending.run(
              sendAgain,
              t('account.pending.sentAgain', { email }),
            )
          }
        >
          {t('account.pending.sendAgain')}
        </Button>
        <Button
          size="sm"
          variant="default"
          aria-label={withoutIsolates(
            t('account.pending.cancelAddress', { email }),
          )}
          loading={cancelling.isBusy}
          onClick={() =>
            void cancelling.run(
              forget,
              t('account.pending.cancelled', { email }),
            )
          }
        >
          {t('account.pending.cancel')}
        </Button>
      </Group>
    </AccountRow>
  );
}
