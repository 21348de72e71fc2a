/** Path of the service worker, the only script that is started by its address. */
export const SERVICE_WORKER = '/sw.js';

/** Cache of the app's files, which have a hash of their content in their names. */
export const ASSET_CACHE = 'neighborshare-assets';

/** Folder of the texts below /assets/: a browser needs those of one language. */
export const CATALOGS = 'languages';

/** Begins the names of caches with pictures. */
const PHOTO_CACHE = 'neighborshare-photos-';

/**
 * Name of the cache with the pictures that a user has seen. The app creates it at the login and deletes it
 * at the logout. The service worker keeps pictures only while there is one.
 */
export const photoCacheOf = (userId: string): string =>
  `${PHOTO_CACHE}${userId}`;

/** Tells whether a cache holds pictures. */
export const isPhotoCache = (name: string): boolean =>
  name.startsWith(PHOTO_CACHE);

/**
 * Asks the service worker to keep the code of all pages and the texts in the language in use, so that they
 * also open after the next deploy.
 */
export type KeepPagesMessage = { type: 'keepPages'; catalogs: string[] };

/** Asks an open page to show another one, and to confirm that by the port of the message. */
export type OpenMessage = { type: 'open'; url: string };

/** Tells whether a message has this type. */
export const isMessage = <Type extends string>(
  data: unknown,
  type: Type,
): data is { type: Type } =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  data.type === type;
