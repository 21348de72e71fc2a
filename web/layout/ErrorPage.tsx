import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';

/** Replaces a page that failed: by a bug, or because a new version was released meanwhile. */
export function ErrorPage() {
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
