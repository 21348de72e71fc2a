import { LoadError } from './LoadError';
import { Loading, TextSkeleton } from './Loading';
import type { PageProps } from './Page';
import { Page } from './Page';

/**
 * A page whose data is loading or failed to load. It already has its heading, which names the page
 * and takes the focus.
 */
export function PagePending({
  title,
  size,
  error,
  retry,
}: {
  title: string;
  size?: PageProps['size'];
  /** Error of the query; empty while it is loading. */
  error?: unknown;
  retry: () => Promise<unknown>;
}) {
  return (
    <Page title={title} size={size}>
      {error == null ? (
        <Loading>
          <TextSkeleton />
        </Loading>
      ) : (
        <LoadError error={error} retry={retry} />
      )}
    </Page>
  );
}
