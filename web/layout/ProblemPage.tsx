import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { Message } from '../ui/Message';
import { Page } from '../ui/Page';

/** In place of a page that failed: a bug, or a new version came out while this one was open. */
export function Problem() {
  return (
    <Page title="Something went wrong">
      <Message
        role="alert"
        picture={<IconMoodSad size={48} stroke={1.3} />}
        title="This page did not open"
        action={
          <Button onClick={() => window.location.reload()}>Reload</Button>
        }
      >
        Reloading usually helps. What you were writing is kept.
      </Message>
    </Page>
  );
}
