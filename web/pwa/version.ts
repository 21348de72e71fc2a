/** Key in the storage of the tab: for which version the page was loaded again last. */
const RELOADED = 'reloaded-for';

/** A part of this version is gone, because a newer one was released. */
export class OutdatedVersionError extends Error {
  override readonly name = 'OutdatedVersionError';
}

/** Tells whether the server has a newer version of the app than this page. Throws without a connection. */
export async function isOutdated(): Promise<boolean> {
  const entry = entryOf(document);
  if (entry === null) return false;
  const response = await fetch('/', {
    headers: { accept: 'text/html' },
    cache: 'no-store',
  });
  if (!response.ok) return false;
  return !(await response.text()).includes(entry);
}

/**
 * Tells whether loading the page again may bring the newer version. That is tried once, as a kept document
 * may still be the old one; without storage it could go on forever.
 */
export function mayReload(): boolean {
  try {
    return sessionStorage.getItem(RELOADED) !== entryOf(document);
  } catch {
    return false;
  }
}

/** Loads the page again, and notes that this was tried. */
export function reloadOnce(): void {
  sessionStorage.setItem(RELOADED, entryOf(document) ?? '');
  window.location.reload();
}

/** Returns the address of the script that starts the app, whose name has a hash of the whole version. */
const entryOf = (page: Document): string | null =>
  page
    .querySelector('script[type="module"][src^="/assets/"]')
    ?.getAttribute('src') ?? null;
