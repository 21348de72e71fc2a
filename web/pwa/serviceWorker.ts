import { safeNext } from '../paths';
import {
  CATALOGS,
  isMessage,
  type KeepPagesMessage,
  type OpenMessage,
  SERVICE_WORKER,
} from './protocol';
import { isOutdated } from './version';

/** A tab that was hidden for longer than this is visited anew. */
const AWAY_MS = 60_000;

/**
 * Starts the service worker. It needs no permission of the user.
 * @param openPage shows a page that a notification leads to
 * @param keepsPages whether the line is good enough to fetch the code of all pages in advance
 * @param offerVersion tells the user of a newer version, and loads it when asked to
 * @param reload loads the page again; tests replace it
 */
export async function startServiceWorker({
  openPage,
  keepsPages,
  offerVersion,
  reload = () => {
    window.location.reload();
  },
}: {
  openPage: (path: string) => Promise<unknown>;
  keepsPages: boolean;
  offerVersion: (reload: () => void) => void;
  reload?: () => void;
}): Promise<void> {
  // Not over plain HTTP, and not where the user forbids it.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return;
  const registration = await workers.register(SERVICE_WORKER, {
    updateViaCache: 'none',
  });
  openPagesOnRequest(workers, openPage);
  followVersions(workers, registration, { offerVersion, reload });
  if (!keepsPages) return;
  const { active } = await workers.ready;
  active?.postMessage({
    type: 'keepPages',
    catalogs: loadedCatalogs(),
  } satisfies KeepPagesMessage);
}

/** Lists the files with texts that this page has loaded: a worker that has just started did not see them. */
const loadedCatalogs = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((url) => url.includes(`/assets/${CATALOGS}/`));

/** Shows a page when a notification that leads there was clicked. */
function openPagesOnRequest(
  workers: ServiceWorkerContainer,
  openPage: (path: string) => Promise<unknown>,
): void {
  workers.addEventListener('message', ({ data, ports }: MessageEvent) => {
    if (!isMessage(data, 'open')) return;
    const { url } = data as OpenMessage;
    void openPage(safeNext(url));
    ports[0]?.postMessage('opened');
  });
}

/**
 * Offers a newer version as soon as its worker has started. On the next visit of the tab it is loaded,
 * unless something could be lost by that.
 */
function followVersions(
  workers: ServiceWorkerContainer,
  registration: ServiceWorkerRegistration,
  {
    offerVersion,
    reload,
  }: { offerVersion: (reload: () => void) => void; reload: () => void },
): void {
  let isOffered = false;
  let isFirst = workers.controller === null;
  let hiddenAt = Infinity;

  workers.addEventListener('controllerchange', () => {
    // The first worker comes with this page, so both have the same version.
    const isNoUpdate = isFirst;
    isFirst = false;
    if (isNoUpdate) return;
    void (async () => {
      if (isOffered || !(await isOutdated())) return;
      isOffered = true;
      offerVersion(reload);
      // Without a connection, it is offered after the next change.
    })().catch(() => undefined);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      hiddenAt = performance.now();
      return;
    }
    if (performance.now() - hiddenAt < AWAY_MS) return;
    if (isOffered && !hasInput()) reload();
    // Without a connection there is no newer version to be found.
    else registration.update().catch(() => undefined);
  });
}

/** Tells whether the page has a form or a dialog, in which something may have been typed. */
const hasInput = () =>
  document.querySelector('form, textarea, [role="dialog"]') !== null;
