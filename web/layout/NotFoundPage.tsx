import { NoSuchPage } from '../ui/NoSuchPage';

/** The page for every address that leads nowhere. */
export function NotFound() {
  return (
    <NoSuchPage title="Nothing here">
      This page does not exist. Perhaps the link has a typo.
    </NoSuchPage>
  );
}
