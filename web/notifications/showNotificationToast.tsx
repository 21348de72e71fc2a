import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { MouseEvent } from 'react';

/**
 * Says in passing what a neighbor did, with the way to it.
 * @param path the page on which one sees it; null if there is none
 * @param open goes to that page. Toasts are outside of the router, and so have no links of their own.
 */
export function showNotificationToast(
  sentence: string,
  path: string | null,
  open: (path: string) => void,
): void {
  const id = notifications.show({
    message:
      path == null ? (
        sentence
      ) : (
        <Anchor
          href={path}
          fw={600}
          className="wrap-anywhere"
          onClick={(event: MouseEvent) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            notifications.hide(id);
            open(path);
          }}
        >
          {sentence}
        </Anchor>
      ),
    withBorder: true,
    autoClose: 8000,
  });
}
