import '@graphiql/react/font/fira-code.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import 'graphiql/graphiql.css';
import './explorer.css';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { GraphiQLProps } from 'graphiql';
import { GraphiQL } from 'graphiql';
import { getOperationAST, OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphqlWorker from './graphql.worker?worker';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { Account } from './Account';
import type { LoginStore } from './login';
import { createLogin } from './login';
import { FIRST_OPERATIONS } from './operations';

/** Workers of the languages in Monaco, the editor of GraphiQL; any other is that of plain text. */
const WORKERS: Partial<Record<string, new () => Worker>> = {
  json: JsonWorker,
  graphql: GraphqlWorker,
};

window.MonacoEnvironment = {
  getWorker: (_, language) => new (WORKERS[language] ?? EditorWorker)(),
};

/**
 * Renders the explorer, with the operation of the link that opened it.
 * @param root becomes the page
 */
export function renderExplorer(root: Element): void {
  // In the fragment of the address, which is not sent to the server.
  const linked = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  // A link opened from this page changes the fragment alone.
  addEventListener('hashchange', () => location.reload());

  const login = createLogin();
  createRoot(root).render(
    <Explorer login={login} fetcher={createFetcher(login)} linked={linked} />,
  );
}

type ExplorerProps = {
  login: LoginStore;
  fetcher: Fetcher;
  /** May have `query` and `variables`. */
  linked: URLSearchParams;
};

function Explorer({ login, fetcher, linked }: ExplorerProps) {
  return (
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
          defaultTabs={FIRST_OPERATIONS}
          {...(linked.has('query') && {
            initialQuery: linked.get('query') ?? '',
            initialVariables: linked.get('variables') ?? '',
          })}
        >
          <GraphiQL.Logo>
            <SystemTheme />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

/** Has the editors follow the system from light to dark; GraphiQL asks it once. Renders nothing. */
function SystemTheme() {
  const theme = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      // Another theme was chosen in the settings.
      if (theme === null) setTheme(null);
    };
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, [theme, setTheme]);
  return null;
}

/** Function by which GraphiQL sends operations. */
type Fetcher = GraphiQLProps['fetcher'];

/** Operation of a tab. */
type Operation = {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown>;
};

/**
 * Creates the function that runs operations of GraphiQL: subscriptions over a socket, others over HTTP.
 * Both carry the token of the login, unless the tab has an `Authorization` header.
 */
function createFetcher(login: LoginStore): Fetcher {
  return (params, { headers, documentAST } = {}) => {
    const operation: Operation = params;
    const kind =
      documentAST &&
      getOperationAST(documentAST, operation.operationName)?.operation;
    // GraphiQL expects errors as objects of graphql, and only prints them.
    return (
      kind === OperationTypeNode.SUBSCRIPTION
        ? listen(login, operation, headers)
        : login.send(operation, headers)
    ) as ReturnType<Fetcher>;
  };
}

/** Listens over a socket of its own, which closes with the subscription. */
async function* listen(
  login: LoginStore,
  operation: Operation,
  headers: Record<string, string> = {},
) {
  const accessToken = login.get()?.accessToken;
  const socket = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { ...(accessToken && { accessToken }), ...headers },
  });
  try {
    yield* socket.iterate(operation);
  } catch (error) {
    // As for a token that is no longer valid.
    throw error instanceof CloseEvent
      ? new Error(`The socket was closed: ${error.code} ${error.reason}`)
      : error;
  } finally {
    await socket.dispose();
  }
}
