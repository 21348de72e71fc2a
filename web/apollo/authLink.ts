import { ApolloLink } from '@apollo/client/link';
import { defer, from, map, mergeMap, of, tap } from 'rxjs';
import { IdentityChangedError } from '../errors';
import type { SessionStore } from '../session/session';
import { identityOf, isExpiring } from '../session/session';
import type { Renew } from './renewal';

/** Renewed token, which the API adds to a response when half of the old one's lifetime is over. */
type Fresh = { accessToken: string; expiresIn: number };

const isFresh = (auth: unknown): auth is Fresh =>
  typeof auth === 'object' &&
  auth != null &&
  'accessToken' in auth &&
  typeof auth.accessToken === 'string' &&
  'expiresIn' in auth &&
  typeof auth.expiresIn === 'number';

const isRefused = ({ errors }: ApolloLink.Result) =>
  errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ??
  false;

/**
 * Authenticates requests: adds the user's access token, keeps it fresh, and makes sure that a response
 * reaches only the user who sent the request. Operations with `context: { anonymous: true }` are passed
 * on unchanged.
 *
 * A refused token is renewed once, whatever the reason, because its session may still be active. If the
 * session has ended too, `renew` ends it in this tab.
 */
export function createAuthLink(
  session: SessionStore,
  renew: Renew,
): ApolloLink {
  return new ApolloLink((operation, forward) => {
    if (operation.getContext().anonymous === true) return forward(operation);

    const identity = identityOf(session.get());
    const assertSameIdentity = () => {
      if (identityOf(session.get()) !== identity)
        throw new IdentityChangedError('The response is for another user');
    };

    const send = () => {
      assertSameIdentity();
      const current = session.get();
      if (current.status === 'loggedIn')
        operation.setContext(({ headers }: { headers?: object }) => ({
          headers: {
            ...headers,
            authorization: `Bearer ${current.accessToken}`,
          },
        }));
      return forward(operation);
    };
    const renewAndSend = () =>
      from(renew(operation.client)).pipe(mergeMap(send));

    return defer(() =>
      isExpiring(session.get()) ? renewAndSend() : send(),
    ).pipe(
      mergeMap((result) =>
        isRefused(result) && session.get().status === 'loggedIn'
          ? renewAndSend()
          : of(result),
      ),
      map((result) => {
        if (isRefused(result)) session.end();
        assertSameIdentity();
        return result;
      }),
      tap(({ extensions }) => {
        const auth: unknown = extensions?.auth;
        if (isFresh(auth)) session.resume({ ...auth, userId: identity });
      }),
    );
  });
}
