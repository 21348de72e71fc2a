import { ASSET_CACHE, isPhotoCache } from '../pwa/protocol';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_PHOTOS = 150;
const MAX_PHOTO_AGE_MS = 7 * DAY_MS;
/** More than the files of five versions. */
const MAX_ASSETS = 400;
/** A page that is open for longer without a reload may miss a part. */
const MAX_ASSET_AGE_MS = 30 * DAY_MS;

/** Keeps the worker running until a promise settles. */
type Lifetime = Pick<ExtendableEvent, 'waitUntil'>;

/** Tells whether a path is that of a picture. */
export const isPhotoPath = (pathname: string): boolean =>
  /^\/photos\/[\da-f-]{36}\/(small|large)$/.test(pathname);

/**
 * Answers with a picture, from the cache of the user who is logged in if there is one. It is kept under its
 * path alone: its signature is another one every day, and the picture never changes.
 */
export async function answerWithPhoto(
  request: Request,
  event: Lifetime,
): Promise<Response> {
  const cache = await openPhotoCache();
  if (!cache) return fetch(request);
  const { pathname } = new URL(request.url);
  const kept = await cache.match(pathname);
  if (kept && ageOf(kept) < MAX_PHOTO_AGE_MS) return kept;
  const response = await fetch(request);
  if (isKeepable(response) && isPicture(response)) {
    const copy = response.clone();
    // Into the cache that was opened before the request: a logout meanwhile has deleted it, and it is
    // not created again.
    event.waitUntil(
      cache.put(pathname, copy).then(() => deleteOldest(cache, MAX_PHOTOS)),
    );
  }
  return response;
}

/** Answers with a file of the app, which is kept, as its name has a hash of its content. */
export async function answerWithAsset(
  request: Request,
  event: Lifetime,
): Promise<Response> {
  const cache = await caches.open(ASSET_CACHE);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (isKeepable(response))
    event.waitUntil(cache.put(request.url, response.clone()));
  return response;
}

/** Fetches the files of the app that are not kept yet, one after the other. */
export async function keepAssets(urls: string[]): Promise<void> {
  const cache = await caches.open(ASSET_CACHE);
  for (const url of urls)
    if (!(await cache.match(url)))
      try {
        const response = await fetch(url, { priority: 'low' });
        if (isKeepable(response)) await cache.put(url, response);
      } catch {
        // It is fetched when it is needed.
      }
}

/**
 * Deletes files of older versions that no open page can need any more.
 * @param current the files of this version
 */
export async function deleteOldAssets(current: string[]): Promise<void> {
  const cache = await caches.open(ASSET_CACHE);
  const names = new Set(current);
  for (const request of await cache.keys()) {
    if (names.has(new URL(request.url).pathname)) continue;
    const kept = await cache.match(request);
    if (kept && ageOf(kept) > MAX_ASSET_AGE_MS) await cache.delete(request);
  }
  await deleteOldest(cache, MAX_ASSETS);
}

async function openPhotoCache(): Promise<Cache | null> {
  const name = (await caches.keys()).find(isPhotoCache);
  return name === undefined ? null : caches.open(name);
}

/** Deletes the entries that were put first, as far as there are too many. */
async function deleteOldest(cache: Cache, max: number): Promise<void> {
  const requests = await cache.keys();
  for (const request of requests.slice(0, Math.max(0, requests.length - max)))
    await cache.delete(request);
}

/** Tells whether a response is whole, our own, and allowed to be kept. */
const isKeepable = ({ status, type, headers }: Response): boolean =>
  status === 200 &&
  type === 'basic' &&
  !/no-store/i.test(headers.get('cache-control') ?? '');

const isPicture = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('image/') ?? false;

/** Returns the age of a response in milliseconds; infinite where it has no date. */
function ageOf({ headers }: Response): number {
  const since = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(since) ? Infinity : Date.now() - since;
}
