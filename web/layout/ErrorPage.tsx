import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';

/** In place of a page that failed: a bug, or a new version came out while this one was open. */
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
