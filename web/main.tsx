import './contentSecurity';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { App } from './App';
import { createRenewal } from './apollo/renewal';
import { createConnection } from './connection';
import { fetchPages, routes } from './router';
import { createSession } from './session';

const session = createSession(new BroadcastChannel('neighborshare-session'));
const network = {
  session,
  connection: createConnection(),
  renew: createRenewal(session),
};

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <App network={network} router={createBrowserRouter(routes)} />
  </StrictMode>,
);

window.addEventListener('load', () => {
  setTimeout(() => void fetchPages(), 500);
});
