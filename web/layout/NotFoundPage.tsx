import { NotFoundMessage } from '../ui/NotFoundMessage';

/** The page for every address that leads nowhere. */
export function NotFoundPage() {
  return (
    <NotFoundMessage title="Nothing here">
      This page does not exist. Perhaps the link has a typo.
    </NotFoundMessage>
  );
}
