import './contentSecurity';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { App } from './App';
import { createRenewal } from './apollo/renewal';
import { createConnection } from './session/connection';
import { takeLinkToken } from './session/linkToken';
import { fetchPages, routes, routesWithoutTls } from './router';
import { createSession } from './session/session';

// Before there is a router, which would remember the whole address.
const linkToken = takeLinkToken();
const session = createSession(new BroadcastChannel('neighborshare-session'));
const network = {
  session,
  connection: createConnection(),
  renew: createRenewal(session),
};

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const isInsecure = await lacksTls();

createRoot(root).render(
  <StrictMode>
    <App
      network={network}
      linkToken={linkToken}
      router={createBrowserRouter(isInsecure ? routesWithoutTls : routes)}
    />
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

window.addEventListener('load', () => {
  setTimeout(() => void fetchPages(), 500);
});
