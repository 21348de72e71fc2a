import './contentSecurity';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { App, loadToasts } from './App';
import { createRenewal } from './apollo/renewal';
import { followSession } from './pwa/deviceData';
import { listenForInstall } from './pwa/installPrompt';
import { startServiceWorker } from './pwa/serviceWorker';
import { preferredLanguage } from './languages/language';
import { loadAllTexts, startLanguage } from './languages/load';
import { retrying } from './pwa/retrying';
import { createConnection } from './session/connection';
import { takeLinkToken } from './session/linkToken';
import { fetchNextPage, routes, routesWithoutTls } from './router';
import { createSession } from './session/session';

// Before there is a router, which would remember the whole address.
const linkToken = takeLinkToken();
const session = createSession(new BroadcastChannel('neighborshare-session'));
followSession(session);
listenForInstall();
const network = {
  session,
  connection: createConnection(),
  renew: createRenewal(session),
};

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const [isInsecure] = await Promise.all([
  lacksTls(),
  retrying(() => startLanguage(preferredLanguage())),
]);
const router = createBrowserRouter(isInsecure ? routesWithoutTls : routes);

createRoot(root).render(
  <StrictMode>
    <App network={network} linkToken={linkToken} router={router} />
  </StrictMode>,
);

/**
 * Tells whether the server requires TLS, which it says by HSTS, and this page was opened without. The
 * browser would then drop the session cookie.
 */
async function lacksTls(): Promise<boolean> {
  // TLS, or this machine.
  if (window.isSecureContext) return false;
  try {
    const { headers } = await fetch('/', { method: 'HEAD' });
    return headers.has('strict-transport-security');
  } catch {
    return false;
  }
}

/** Longest load of the first page on a line that has room for more. */
const MAX_LOAD_MS = 3000;

/** Prepares for the next page while there is nothing else to do. */
const prepare = () =>
  whenIdle(() => {
    const { status } = session.get();
    // What comes next depends on who is asking.
    if (status === 'unknown' || !isFastLine()) return;
    void fetchNextPage(router.state.location.pathname, status === 'loggedIn');
  });

/** Starts the service worker. The app works without it. */
const startWorker = () =>
  whenIdle(() => {
    startWithToasts().catch(() => undefined);
  });

async function startWithToasts(): Promise<void> {
  // Before there is a newer version: then this code may be gone from the server.
  const { toastNewVersion } = await loadToasts();
  // They are kept with the pages.
  await loadAllTexts();
  await startServiceWorker({
    openPage: async (path) => {
      await router.navigate(path);
      // Its token is not to stay in the address bar.
      linkToken.take();
    },
    keepsPages: isFastLine(),
    offerVersion: toastNewVersion,
  });
}

const prepareFromNowOn = () => {
  prepare();
  if (import.meta.env.PROD) startWorker();
  session.subscribe(prepare);
  router.subscribe(({ navigation }) => {
    if (navigation.state === 'idle') prepare();
  });
};
if (document.readyState === 'complete') prepareFromNowOn();
else window.addEventListener('load', prepareFromNowOn);

/** The Network Information API, which not every browser has. */
type NetworkInformation = { saveData?: boolean; effectiveType?: string };

/**
 * Tells whether the line can take what may never be needed: not if the user saves data, and not if the
 * browser calls it slow or the first page took long.
 */
function isFastLine(): boolean {
  const { connection } = navigator as { connection?: NetworkInformation };
  if (connection?.saveData === true) return false;
  if (/2g|3g/.test(connection?.effectiveType ?? '')) return false;
  const [load] = performance.getEntriesByType('navigation');
  return load == null || load.duration < MAX_LOAD_MS;
}

/** Calls back once the browser has nothing else to do. */
function whenIdle(callback: () => void): void {
  // Safari has no `requestIdleCallback`.
  if ('requestIdleCallback' in window)
    window.requestIdleCallback(callback, { timeout: 10_000 });
  else setTimeout(callback, 2000);
}
