import { Alert, Button, Text } from '@mantine/core';
import { IconAlertCircle, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { DownloadError, useFetchOwnData } from './ExportContext';
import { AccountSection } from './AccountSection';
import { saveFile } from '../ui/saveFile';
import { toastDone } from '../ui/toast';

/** Taking all of one's own data along. */
export function AccountData() {
  const fetchOwnData = useFetchOwnData();
  const [isFetching, setIsFetching] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const download = async () => {
    setIsFetching(true);
    setProblem(null);
    try {
      const { file, name } = await fetchOwnData();
      saveFile(file, name);
      toastDone('Your data is downloaded.');
    } catch (error) {
      if (error instanceof DownloadError) setProblem(error.message);
    } finally {
      setIsFetching(false);
    }
  };

  return (
    <AccountSection
      title="Your data"
      lead="All that is yours as one file: your profile, things with their photos, recipes, loans, messages and the rest. Of your neighbors it holds no more than their names."
    >
      {problem != null && (
        <Alert
          role="alert"
          color="red"
          variant="light"
          mb="md"
          icon={<IconAlertCircle size={20} />}
        >
          <Text c="var(--mantine-color-error)">{problem}</Text>
        </Alert>
      )}
      <Button
        variant="light"
        leftSection={<IconDownload size={18} />}
        loading={isFetching}
        onClick={() => void download()}
      >
        Download your data
      </Button>
    </AccountSection>
  );
}
