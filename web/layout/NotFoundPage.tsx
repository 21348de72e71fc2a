import { t } from '../languages/texts';
import { NotFoundMessage } from '../ui/NotFoundMessage';

/** Page for unknown addresses. */
export function NotFoundPage() {
  return (
    <NotFoundMessage title={t('layout.notFound')}>
      {t('layout.notFoundText')}
    </NotFoundMessage>
  );
}
