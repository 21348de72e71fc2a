import { IconLockOpen } from '@tabler/icons-react';
import { t } from '../languages/texts';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';

/** Replaces all pages where the app was opened without the TLS that the server requires. */
export function TlsRequiredPage() {
  return (
    <Page title={t('layout.tlsTitle')}>
      <EmptyState
        role="alert"
        picture={<IconLockOpen size={48} stroke={1.3} />}
        title={t('layout.tlsHeading')}
      >
        {t('layout.tlsText', { origin: window.location.origin })}
      </EmptyState>
    </Page>
  );
}
