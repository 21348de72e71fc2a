// Takes the place of the service worker where the server has switched it off (SERVICE_WORKER=false):
// deletes what it has kept, and removes itself. Open pages keep working.
self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(remove());
});

async function remove() {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}
