import { NetworkStatus } from '@apollo/client';
import { Button, Center, Loader, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { t } from '../languages/texts';
import { runAction } from './useAction';

/** A connection of the API. */
type List = {
  edges: readonly unknown[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

/** Result of `useQuery` for a query with a variable `after`. */
type Query = {
  networkStatus: NetworkStatus;
  fetchMore: (options: {
    variables: { after: string | null };
  }) => Promise<unknown>;
};

/** Loading state of a list. */
export type More = {
  hasMore: boolean;
  isLoading: boolean;
  /** Index of the first edge of the latest page, which gets the focus; null before the first `load`. */
  firstNew: number | null;
  load: () => Promise<void>;
};

/**
 * Loads a growing list page by page, for `LoadMore`.
 * @param list the loaded list; undefined before the first response
 * @param query result of `useQuery`
 * @param name identifies the list on its page; another list starts over
 */
export function useLoadMore(
  list: List | undefined,
  { networkStatus, fetchMore }: Query,
  name = '',
): More {
  const [loaded, setLoaded] = useState<{ name: string; first: number }>();
  const isLoading = networkStatus === NetworkStatus.fetchMore;

  return {
    hasMore: list?.pageInfo.hasNextPage ?? false,
    isLoading,
    firstNew: loaded?.name === name ? loaded.first : null,
    load: async () => {
      if (isLoading || !list) return;
      // The button may disappear, so the focus moves to the new entries.
      setLoaded({ name, first: list.edges.length });
      const variables = { after: list.pageInfo.endCursor };
      await runAction(async () => void (await fetchMore({ variables })));
    },
  };
}

/** Button below a list that loads more, or a note that the list is complete. */
export function LoadMore({
  more: { hasMore, isLoading, firstNew, load },
  arrived,
}: {
  more: More;
  /** Announced to screen readers after loading: "More recipes are here." */
  arrived: string;
}) {
  return (
    <Center mt="xl">
      {hasMore && (
        <Button
          variant="default"
          // A disabled button would lose the focus.
          aria-disabled={isLoading}
          rightSection={isLoading && <Loader size={18} color="currentColor" />}
          onClick={() => void load()}
        >
          {t('ui.loadMore')}
        </Button>
      )}
      <div role="status">
        {isLoading && <VisuallyHidden>{t('ui.loading')}</VisuallyHidden>}
        {!isLoading && hasMore && firstNew != null && (
          <VisuallyHidden>{arrived}</VisuallyHidden>
        )}
        {!hasMore && <Text c="dimmed">{t('ui.end')}</Text>}
      </div>
    </Center>
  );
}
