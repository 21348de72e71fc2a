import { cacheNames, clientsClaim, setCacheNameDetails } from 'workbox-core';
import { enable as enableNavigationPreload } from 'workbox-navigation-preload';
import { matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import {
  ASSET_CACHE,
  isMessage,
  isPhotoCache,
  type KeepPagesMessage,
} from '../pwa/protocol';
import {
  answerWithAsset,
  answerWithPhoto,
  deleteOldAssets,
  isPhotoPath,
  keepAssets,
} from './keptFiles';
import { answerNavigation } from './navigation';
import { openPage } from './openPage';
import { type NoticeData, parsePush, toNotification, urlOf } from './push';

/** A file of the build: the shell is what every page needs, the others are parts of pages. */
type BuiltFile = { url: string; revision: string | null; isShell: boolean };

declare const self: ServiceWorkerGlobalScope;

// Filled in by the build.
const files = self.__WB_MANIFEST as BuiltFile[];
const isPart = ({ isShell }: BuiltFile) => !isShell;
const partsOfPages = files.filter(isPart).map(({ url }) => url);

setCacheNameDetails({ prefix: 'neighborshare' });
precacheAndRoute(
  files.filter((file) => !isPart(file)),
  // A page comes from the network first, also that of the address `/`.
  { directoryIndex: '', cleanURLs: false, ignoreURLParametersMatching: [] },
);
enableNavigationPreload();

// Pages come from the network and files of older versions are kept, so a new version disturbs no open page.
void self.skipWaiting();
clientsClaim();

self.addEventListener('activate', (event) => {
  event.waitUntil(
    Promise.all([deleteUnknownCaches(), deleteOldAssets(partsOfPages)]),
  );
});

registerRoute(
  ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith('/assets/'),
  ({ event, request }) => answerWithAsset(request, event),
);
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && isPhotoPath(url.pathname),
  ({ event, request }) => answerWithPhoto(request, event),
);
registerRoute(
  new NavigationRoute(({ event }) =>
    answerNavigation(event as FetchEvent, {
      shell: () => matchPrecache('/index.html'),
      offlinePage: () => matchPrecache('/offline.html'),
    }),
  ),
);

self.addEventListener('message', (event) => {
  if (!isMessage(event.data, 'keepPages')) return;
  const { catalogs } = event.data as KeepPagesMessage;
  event.waitUntil(keepAssets([...partsOfPages, ...catalogs]));
});

self.addEventListener('push', (event) => {
  const notice = parsePush(event.data?.text(), self.location.origin);
  const { title, options } = toNotification(notice);
  // Without a visible notification browsers revoke the permission.
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = urlOf(event.notification.data as NoticeData, event.action);
  event.waitUntil(openPage(self.clients, url, self.location.origin));
});

// No `pushsubscriptionchange`: a worker has no access token to tell the server. The app renews the
// subscription when it is opened next.

/** Deletes what earlier versions have kept under other names. */
async function deleteUnknownCaches(): Promise<void> {
  const names = await caches.keys();
  const unknown = names.filter(
    (name) =>
      name !== cacheNames.precache &&
      name !== ASSET_CACHE &&
      !isPhotoCache(name),
  );
  await Promise.all(unknown.map((name) => caches.delete(name)));
}
