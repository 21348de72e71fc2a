import { Button } from '@mantine/core';
import { IconMoodSad, IconRefresh } from '@tabler/icons-react';
import { errorMessage } from '../errors';
import { t } from '../languages/texts';
import { EmptyState } from './EmptyState';

/** Shows why loading failed, with a button to retry. */
export function LoadError({
  error,
  retry,
}: {
  error: unknown;
  retry: () => Promise<unknown>;
}) {
  return (
    <EmptyState
      role="alert"
      picture={<IconMoodSad size={44} stroke={1.4} />}
      title={t('ui.loadFailed')}
      action={
        <Button
          variant="light"
          leftSection={<IconRefresh size={18} />}
          // A repeated failure is shown here again.
          onClick={() => void retry().catch(() => undefined)}
        >
          {t('ui.tryAgain')}
        </Button>
      }
    >
      {errorMessage(error)}
    </EmptyState>
  );
}
