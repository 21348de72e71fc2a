// Service worker that shows a page of ours where there is no connection. It keeps nothing else, so
// that nobody is held in an old version, and nothing of a person stays on the device.
const CACHE = 'neighborshare-offline-1';
const PAGE = '/offline.html';

self.addEventListener('install', (event) => {
  event.waitUntil(keepPage());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(open(event));
});

async function keepPage() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(PAGE, { cache: 'reload' }));
  await self.skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys())
    if (name !== CACHE) await caches.delete(name);
  // The request then does not wait for the start of this worker.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function open({ request, preloadResponse }) {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch (error) {
    const page = await caches.match(PAGE);
    if (!page) throw error;
    return page;
  }
}
