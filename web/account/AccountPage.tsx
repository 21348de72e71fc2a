import { useQuery } from '@apollo/client/react';
import { Button, Stack } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { ACCOUNT_EMAIL, AccountEmail } from './AccountEmail';
import { AccountLanguage } from './AccountLanguage';
import { ACCOUNT_PASSWORD, AccountPassword } from './AccountPassword';
import { ACCOUNT_SESSIONS, AccountSessions } from './AccountSessions';
import { DELETE_ACCOUNT_USER, DeleteAccount } from './DeleteAccount';
import { t } from '../languages/texts';
import { ErrorAlert } from '../ui/ErrorAlert';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { useAction } from '../ui/useAction';
import { useFetchExport } from './fetchExport';
import { AccountSection } from './AccountSection';

const ACCOUNT = graphql(
  `
    query Account {
      me {
        id
        ...AccountSessions_user
        ...AccountPassword_user
        ...AccountEmail_user
        ...DeleteAccount_user
      }
    }
  `,
  [ACCOUNT_SESSIONS, ACCOUNT_PASSWORD, ACCOUNT_EMAIL, DELETE_ACCOUNT_USER],
);

/** Account settings, a section for each. */
export function AccountPage() {
  const { data, error, refetch } = useQuery(ACCOUNT, {
    // There may be a new session on another device.
    fetchPolicy: 'cache-and-network',
  });

  // E-mail links open in another tab; their effect shows when this tab gets the focus again.
  useWindowEvent('focus', () => void refetch().catch(() => undefined));

  if (!data)
    return (
      <PagePending
        title={t('account.title')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { me } = data;
  return (
    <Page title={t('account.title')} size="sm">
      <Stack gap="md">
        <AccountSessions user={me} />
        <AccountPassword user={me} />
        <AccountEmail user={me} />
        <AccountLanguage />
        <AccountData />
        <DeleteAccount user={me} />
      </Stack>
    </Page>
  );
}

/** Downloads all of the user's data. */
function AccountData() {
  const fetchExport = useFetchExport();
  const { run, isBusy, problem } = useAction({ shows: 'inline' });

  const download = async () => {
    const { file, name } = await fetchExport();
    saveFile(file, name);
  };

  return (
    <AccountSection
      title={t('account.data.title')}
      lead={t('account.data.lead')}
    >
      <ErrorAlert mb="md">{problem}</ErrorAlert>
      <Button
        variant="light"
        leftSection={<IconDownload size={18} />}
        loading={isBusy}
        onClick={() => void run(download, t('account.data.done'))}
      >
        {t('account.data.download')}
      </Button>
    </AccountSection>
  );
}

/** Saves a file to the browser's downloads. */
function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser must have started to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
