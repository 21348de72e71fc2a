import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ApolloLink } from '@apollo/client/link';
import { OperationTypeNode } from 'graphql';
import {
  defer,
  fromEvent,
  map,
  merge,
  retry,
  take,
  tap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import type { ConnectionStore } from '../session/connection';
import { codeOf, isServerUnreachable } from '../errors';

/** Long enough for a phone on a poor line, short enough not to wait for a server that sleeps. */
const REQUEST_TIMEOUT_MS = 10_000;

/** 0.5 s, 1 s, 2 s, and then every 4 s. */
const pause = (attempt: number) => Math.min(250 * 2 ** attempt, 4_000);

/** Whether the server answered but cannot work, for instance without its database. */
const isServerUnable = (error: unknown) =>
  codeOf(error) === 'SERVICE_UNAVAILABLE';

/**
 * Retries queries while the server is unavailable: after a growing pause, and immediately when the
 * browser is online again. Pages keep loading meanwhile and recover by themselves.
 *
 * A mutation is sent once, because one without a response may have been carried out.
 * Those with `context: { repeatable: true }` do no harm when repeated, and are
 * repeated until they have an answer without errors.
 */
export function createRetryLink(connection: ConnectionStore): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const repeatable = operation.getContext().repeatable === true;
    const isQuery = operation.operationType === OperationTypeNode.QUERY;
    const isAway = (error: unknown) =>
      repeatable || isServerUnreachable(error) || isServerUnable(error);

    return defer(() => forward(operation)).pipe(
      timeout({ first: REQUEST_TIMEOUT_MS }),
      map((result) => {
        const error = result.errors && new CombinedGraphQLErrors(result);
        if (error && (repeatable || (isQuery && isServerUnable(error))))
          throw error;
        return result;
      }),
      tap({
        next: () => connection.set('fine'),
        error: (error: unknown) => {
          if (isAway(error)) connection.set('away');
        },
      }),
      retry({
        delay: (error: unknown, attempt) =>
          (repeatable || isQuery) && isAway(error)
            ? merge(timer(pause(attempt)), fromEvent(window, 'online')).pipe(
                take(1),
              )
            : throwError(() => error),
      }),
    );
  });
}
