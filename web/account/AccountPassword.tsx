import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { AccountPassword_UserFragment } from '../generated/types';
import { ChangePasswordInputSchema } from '../generated/validators';
import { t } from '../languages/texts';
import { AccountSection } from './AccountSection';
import { InputForm } from '../ui/InputForm';
import { PasswordField, PasswordOwner } from '../users/PersonFields';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';

/** Fields of the password section. */
export const ACCOUNT_PASSWORD = graphql(`
  fragment AccountPassword_user on User {
    id
    username
  }
`);

const CHANGE_PASSWORD = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        user {
          id
          sessions {
            id
          }
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Changes the password. */
export function AccountPassword({
  user,
}: {
  user: FragmentType<AccountPassword_UserFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: ACCOUNT_PASSWORD,
    from: user,
  });
  const [changePassword] = useMutation(CHANGE_PASSWORD);
  const handle = useInputForm({
    schema: ChangePasswordInputSchema,
    initialValues: { currentPassword: '', newPassword: '' },
    send: async (input) => {
      const answer = await changePassword({ variables: { input } });
      const { user: changed, errors } = answer.data?.changePassword ?? {};
      if (changed) {
        handle.form.reset();
        toastDone(t('account.password.changed'));
      }
      return errors ?? [];
    },
  });
  if (!complete) return null;

  return (
    <AccountSection
      title={t('account.password.title')}
      lead={t('account.password.lead')}
    >
      <InputForm handle={handle} submitLabel={t('account.password.submit')}>
        <PasswordOwner username={data.username} />
        <PasswordField
          label={t('account.password.current')}
          autoComplete="current-password"
          {...handle.form.getInputProps('currentPassword')}
        />
        <PasswordField
          label={t('account.password.new')}
          description={t('account.password.newHint')}
          autoComplete="new-password"
          {...handle.form.getInputProps('newPassword')}
        />
      </InputForm>
    </AccountSection>
  );
}
