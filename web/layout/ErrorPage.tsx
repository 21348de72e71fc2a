import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useRouteError } from 'react-router';
import { t } from '../languages/texts';
import { OutdatedVersionError, mayReload, reloadOnce } from '../pwa/version';
import { EmptyState } from '../ui/EmptyState';
import { PageSkeleton } from '../ui/Loading';
import { Page } from '../ui/Page';

/**
 * Replaces a page that failed. If a new version was released meanwhile, the page is opened in that: the
 * address is already its own, and the page before has kept its draft.
 */
export function ErrorPage() {
  const isOutdated = useRouteError() instanceof OutdatedVersionError;
  const [isReloading] = useState(() => isOutdated && mayReload());
  useEffect(() => {
    if (isReloading) reloadOnce();
  }, [isReloading]);
  if (isReloading) return <PageSkeleton />;
  return (
    <Page title={t('layout.errorTitle')}>
      <EmptyState
        role="alert"
        picture={<IconMoodSad size={48} stroke={1.3} />}
        title={t('layout.errorHeading')}
        action={
          <Button onClick={() => window.location.reload()}>
            {t('layout.reload')}
          </Button>
        }
      >
        {t('layout.errorText')}
      </EmptyState>
    </Page>
  );
}
