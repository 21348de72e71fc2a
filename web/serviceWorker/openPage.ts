import { isPagePath } from '../paths';
import type { OpenMessage } from '../pwa/protocol';

/** Longest wait for a page to confirm that it shows another one. */
const CONFIRMATION_TIMEOUT_MS = 1000;

/** The part of a tab that its choice depends on. */
export type Tab = Pick<WindowClient, 'url' | 'focused' | 'visibilityState'>;

/**
 * Chooses the tab to show a page in: one that shows it already, else the one that is in use. Tabs with
 * other documents of ours, as the explorer, are left alone.
 * @returns undefined where there is no tab with the app
 */
export function chooseTab<T extends Tab>(
  tabs: readonly T[],
  url: string,
): T | undefined {
  const ours = tabs.filter((tab) => isPagePath(new URL(tab.url).pathname));
  return (
    ours.find((tab) => tab.url === url) ??
    ours.find((tab) => tab.focused) ??
    ours.find((tab) => tab.visibilityState === 'visible') ??
    ours[0]
  );
}

/**
 * Opens a page of the app: in a tab that is open, else in a new one. The app in the tab is asked first, as
 * it changes the page without loading itself again.
 */
export async function openPage(
  clients: Clients,
  path: string,
  origin: string,
): Promise<void> {
  const { href } = new URL(path, origin);
  const tabs = await clients.matchAll({
    type: 'window',
    includeUncontrolled: true,
  });
  const tab = chooseTab(tabs, href);
  if (!tab) {
    await clients.openWindow(href);
    return;
  }
  // Refused where the click was too long ago.
  await tab.focus().catch(() => undefined);
  if (tab.url === href || (await hasOpened(tab, path))) return;
  // Refused for a tab that another worker, or none, controls.
  await tab.navigate(href).catch(() => clients.openWindow(href));
}

/** Asks the app in a tab to show a page, and tells whether it has. */
function hasOpened(tab: Client, url: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timeout = setTimeout(() => {
      resolve(false);
    }, CONFIRMATION_TIMEOUT_MS);
    port1.onmessage = () => {
      clearTimeout(timeout);
      resolve(true);
    };
    tab.postMessage({ type: 'open', url } satisfies OpenMessage, [port2]);
  });
}
