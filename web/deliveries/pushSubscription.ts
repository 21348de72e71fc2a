/** Why this browser can get pushes or not. */
export type PushSupport = 'supported' | 'unsupported' | 'blocked';

/** Tells whether this browser can get pushes, without asking the user. */
export function pushSupport(): PushSupport {
  // Not over plain HTTP, in some private windows, and on iPhones only in the installed app.
  if (!('serviceWorker' in navigator && 'PushManager' in window))
    return 'unsupported';
  return Notification.permission === 'denied' ? 'blocked' : 'supported';
}

/** Subscription as the API takes it. */
export type Subscription = { endpoint: string; p256dh: string; auth: string };

/** How long a service worker may take to start. */
const WORKER_TIMEOUT_MS = 10_000;

/**
 * Asks the user for the permission, and subscribes this browser. Call it on a click alone.
 * @param pushKey public key of the server
 * @returns null where the user does not permit it
 * @throws Error where the browser has no service worker, or cannot reach its push service
 */
export async function subscribe(pushKey: string): Promise<Subscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  const { pushManager } = await readyWorker();
  const earlier = await pushManager.getSubscription();
  if (earlier && keyOf(earlier) !== pushKey) await earlier.unsubscribe();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: pushKey,
  });
  localStorage.setItem(CHOICE, 'on');
  const { endpoint, keys = {} } = subscription.toJSON();
  return {
    endpoint: endpoint ?? '',
    p256dh: keys.p256dh ?? '',
    auth: keys.auth ?? '',
  };
}

/** Stored while the user wants pushes in this browser; removed with all that is the user's on logout. */
const CHOICE = 'neighborshare-push';

/** Tells whether the user has turned pushes on in this browser. */
export const wantsPushes = (): boolean =>
  pushSupport() === 'supported' &&
  Notification.permission === 'granted' &&
  localStorage.getItem(CHOICE) !== null;

/** Tells whether this browser is subscribed with this key of the server. */
export async function isSubscribed(pushKey: string): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  return subscription != null && keyOf(subscription) === pushKey;
}

/** Ends the subscription of this browser, if there is one. */
export async function unsubscribe(): Promise<void> {
  localStorage.removeItem(CHOICE);
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}

/** Waits for the service worker, which is missing where the server switched it off. */
const readyWorker = (): Promise<ServiceWorkerRegistration> =>
  Promise.race([
    navigator.serviceWorker.ready,
    new Promise<never>((_, reject) => {
      setTimeout(() => {
        reject(new Error('The service worker does not start'));
      }, WORKER_TIMEOUT_MS);
    }),
  ]);

/** Returns the server's key of a subscription, as base64url. */
function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? []);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
