import { Navigate } from 'react-router';
import { t } from '../languages/texts';
import { PagePending } from '../ui/PagePending';
import { paths } from '../paths';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';

/** Leads to the form for a new item in the neighborhood that the user is in. */
export function OfferPage() {
  const { current, loading, error, refetch } = useNeighborhoods();
  if (loading || error)
    return (
      <PagePending title={t('items.offer')} error={error} retry={refetch} />
    );
  const form = current ? paths.newItem(current.id) : paths.neighborhoods;
  return <Navigate to={form} replace />;
}
