import { IconLockOpen } from '@tabler/icons-react';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';

/** Replaces all pages where the app was opened without the TLS that the server requires. */
export function TlsRequiredPage() {
  return (
    <Page title="This address is not secure">
      <EmptyState
        role="alert"
        picture={<IconLockOpen size={48} stroke={1.3} />}
        title="Open NeighborShare with https://"
      >
        At {window.location.origin} nothing is encrypted: others in the network
        could read your password, and you would be logged out all the time. If
        you run this server, put TLS in front of it and set PUBLIC_URL, or open
        it on its own machine as http://localhost.
      </EmptyState>
    </Page>
  );
}
