import './trustedTypes';
import 'graphiql/setup-workers/vite';
import '@graphiql/react/font/fira-code.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import 'graphiql/graphiql.css';
import './explorer.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { Account } from './Account';
import { createFetcher } from './fetcher';
import { createLogin } from './login';
import { operations } from './operations';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');

const login = createLogin();
const fetcher = createFetcher(login);

/** Operation of a link, in the fragment of the address: it is not sent to the server. */
const linked = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, '', location.pathname);
// A link opened from this page changes the fragment alone.
addEventListener('hashchange', () => location.reload());

/** Tabs of examples that open at first. The reference links to all of them. */
const MAX_TABS = 6;

createRoot(root).render(
  <>
    <header>
      <h1>NeighborShare API</h1>
      <nav aria-label="Reference">
        <a href="/docs">Reference</a>
        <a href="/docs#examples">Examples</a>
        <a href="/schema.graphql">Schema</a>
        <a href="/graphql/sandbox" title="Loads from the internet">
          Apollo Sandbox
        </a>
      </nav>
      <div className="login">
        <Account login={login} />
      </div>
    </header>
    <main>
      <GraphiQL
        fetcher={fetcher}
        // Not across visits: variables may contain passwords.
        storage={sessionStorage}
        // For the same reason there is no history.
        plugins={[]}
        shouldPersistHeaders={false}
        showPersistHeadersSettings={false}
        schemaDescription
        inputValueDeprecation
        {...(operations.length > 0 && {
          defaultTabs: operations.slice(0, MAX_TABS),
        })}
        {...(linked.has('query') && {
          initialQuery: linked.get('query') ?? '',
          initialVariables: linked.get('variables') ?? '',
        })}
      />
    </main>
  </>,
);
