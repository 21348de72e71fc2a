import { NotFoundMessage } from '../ui/NotFoundMessage';

/** Page for unknown addresses. */
export function NotFoundPage() {
  return (
    <NotFoundMessage title="Nothing here">
      This page does not exist. Perhaps the link has a typo.
    </NotFoundMessage>
  );
}
