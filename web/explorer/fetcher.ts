import type { GraphiQLProps } from 'graphiql';
import { getOperationAST, OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import type { LoginStore } from './login';

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
export function createFetcher(login: LoginStore): Fetcher {
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
