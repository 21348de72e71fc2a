import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useRouteError } from 'react-router';
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
    <Page title="Something went wrong">
      <EmptyState
        role="alert"
        picture={<IconMoodSad size={48} stroke={1.3} />}
        title="This page did not open"
        action={
          <Button onClick={() => window.location.reload()}>Reload</Button>
        }
      >
        Reloading usually helps. What you were writing is kept.
      </EmptyState>
    </Page>
  );
}
