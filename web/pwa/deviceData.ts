import type { SessionStore } from '../session/session';
import { isPhotoCache, photoCacheOf } from './protocol';

/** Begins the names of all that the app stores in this browser, so that it finds its own. */
const PREFIX = 'neighborshare-';

/** Stored for all users of this browser. */
const OF_THE_BROWSER = [`${PREFIX}color-scheme`, `${PREFIX}language`];

/**
 * Lets the service worker keep pictures while a user is logged in. When the session ends, whatever the
 * reason, or belongs to another user, everything of the user is removed from this browser.
 */
export function followSession(session: SessionStore): void {
  let last: string | null | undefined;
  let done = Promise.resolve();
  session.subscribe(() => {
    const current = session.get();
    // It is not known yet whose session it is.
    if (current.status === 'unknown') return;
    const userId = current.status === 'loggedIn' ? current.userId : null;
    if (userId === last) return;
    last = userId;
    // One after the other: a quick login must not be followed by the removal of a logout.
    done = done
      .then(() => (userId === null ? forgetUser() : keepFor(userId)))
      // Where the browser keeps nothing, there is nothing to remove.
      .catch(() => undefined);
  });
}

async function keepFor(userId: string): Promise<void> {
  const own = photoCacheOf(userId);
  const names = await caches.keys();
  if (names.some((name) => isPhotoCache(name) && name !== own))
    await forgetUser();
  await caches.open(own);
}

/** Removes what this browser has of a user: pictures, shown notifications, and the subscription to push. */
async function forgetUser(): Promise<void> {
  await Promise.allSettled([
    deletePhotos(),
    closeNotifications(),
    unsubscribe(),
  ]);
  // Throws where the browser has no storage.
  deleteChoices();
}

/** Deletes choices of the user, as the neighborhood that was open last. */
function deleteChoices(): void {
  Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX) && !OF_THE_BROWSER.includes(name))
    .forEach((name) => localStorage.removeItem(name));
}

async function deletePhotos(): Promise<void> {
  const names = (await caches.keys()).filter(isPhotoCache);
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function closeNotifications(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const shown = (await registration?.getNotifications()) ?? [];
  shown.forEach((notification) => {
    notification.close();
  });
}

async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}
