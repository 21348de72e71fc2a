import type { BrowserContext, Page, Worker } from 'playwright-core';
import { ASSET_CACHE, CATALOGS, type KeepPagesMessage } from '../pwa/protocol';
import { eventually } from './neighbor';

/** Waits until the service worker of a page's app is in charge of the page. */
export async function controlled(page: Page): Promise<void> {
  await eventually(
    () => page.evaluate(() => navigator.serviceWorker.controller?.state),
    'activated',
  );
}

/**
 * Lets the service worker keep the code of all pages. The app does so itself on a fast line, which a busy
 * machine may not have.
 */
export async function keepPages(page: Page): Promise<void> {
  await controlled(page);
  await page.evaluate((folder) => {
    const catalogs = performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((url) => url.includes(folder));
    const message: KeepPagesMessage = { type: 'keepPages', catalogs };
    navigator.serviceWorker.controller?.postMessage(message);
  }, `/assets/${CATALOGS}/`);
  await eventually(
    () =>
      page.evaluate(async (name) => {
        const kept = await (await caches.open(name)).keys();
        return ['LoanPage', 'ProfilePage', 'SignUpPage'].every((part) =>
          kept.some(({ url }) => url.includes(part)),
        );
      }, ASSET_CACHE),
    true,
  );
}

/** Returns the running service worker. */
export async function serviceWorkerOf(
  context: BrowserContext,
): Promise<Worker> {
  const [worker] = context.serviceWorkers();
  return worker ?? (await context.waitForEvent('serviceworker'));
}

/** Lists what a page's origin has in the browser: caches with their entries, storages and databases. */
export function storedIn(page: Page): Promise<{
  caches: Record<string, string[]>;
  local: string[];
  session: string[];
  databases: (string | undefined)[];
}> {
  return page.evaluate(async () => {
    const entries = (await caches.keys()).map(async (name) => {
      const requests = await (await caches.open(name)).keys();
      return [name, requests.map(({ url }) => new URL(url).pathname)] as const;
    });
    return {
      caches: Object.fromEntries(await Promise.all(entries)),
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    };
  });
}
