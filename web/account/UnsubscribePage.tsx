import { useMutation } from '@apollo/client/react';
import { IconMailOff } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
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
      title={t('account.unsubscribe.title')}
      text={t('account.unsubscribe.text')}
      label={t('account.unsubscribe.submit')}
      send={send}
      retryLabel={t('account.unsubscribe.settings')}
      retryTo={paths.reach}
      done={{
        Icon: IconMailOff,
        title: t('account.unsubscribe.doneTitle'),
        text: t('account.unsubscribe.doneText'),
      }}
    />
  );
}
