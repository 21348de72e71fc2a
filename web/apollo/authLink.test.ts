import { gql } from '@apollo/client';
import { ApolloLink } from '@apollo/client/link';
import { Subject, of } from 'rxjs';
import { createConnection } from '../session/connection';
import { IdentityChangedError } from '../errors';
import { createSession } from '../session/session';
import { createClient } from './client';
import { createRenewal } from './renewal';

const ME = gql`
  query Me {
    me {
      id
    }
  }
`;

const ana = { accessToken: 'first token', expiresIn: 3600, userId: 'ana' };
const me = { data: { me: { __typename: 'User', id: 'ana' } } };
const refused = (reason: string): ApolloLink.Result => ({
  errors: [
    { message: reason, extensions: { code: 'UNAUTHENTICATED', reason } },
  ],
});
const renewed = (accessToken: string | null): ApolloLink.Result => ({
  data: {
    renewSession: {
      __typename: 'RenewSessionPayload',
      accessToken,
      expiresIn: accessToken && 3600,
      user: accessToken && { __typename: 'User', id: 'ana' },
    },
  },
});

/** A client whose server is a function; every token that it was sent is noted. */
function setUp(
  server: (name: string, token: string | undefined) => ApolloLink.Result,
) {
  const session = createSession();
  const sent: string[] = [];
  const client = createClient({
    session,
    connection: createConnection(),
    renew: createRenewal(session),
    terminating: new ApolloLink((operation) => {
      const { headers } = operation.getContext() as {
        headers?: { authorization?: string };
      };
      const token = headers?.authorization;
      sent.push(`${operation.operationName} ${token ?? 'without a token'}`);
      return of(server(String(operation.operationName), token));
    }),
  });
  const ask = () => client.query({ query: ME, fetchPolicy: 'no-cache' });
  return { session, client, sent, ask };
}

test('an operation carries the token of the user', async () => {
  const { session, ask, sent } = setUp(() => me);
  session.logIn(ana);
  await ask();
  expect(sent).toEqual(['Me Bearer first token']);
});

test('a renewed token in a response is used from then on', async () => {
  const auth = { accessToken: 'fresh token', expiresIn: 3600 };
  const { session, ask, sent } = setUp(() => ({ ...me, extensions: { auth } }));
  session.logIn(ana);
  await ask();
  await ask();
  expect(sent).toEqual(['Me Bearer first token', 'Me Bearer fresh token']);
});

test('a token about to expire is renewed once for all waiting operations', async () => {
  const { session, client, sent } = setUp((name) =>
    name === 'RenewSession' ? renewed('second token') : me,
  );
  session.logIn({ ...ana, expiresIn: 10 });
  await Promise.all(
    ['One', 'Two'].map((name) =>
      client.query({
        query: gql(`query ${name} { me { id } }`),
        fetchPolicy: 'no-cache',
      }),
    ),
  );
  expect(sent).toEqual([
    'RenewSession without a token',
    'One Bearer second token',
    'Two Bearer second token',
  ]);
});

test('a refused token is renewed and the operation is repeated once', async () => {
  const { session, ask, sent } = setUp((name, token) => {
    if (name === 'RenewSession') return renewed('second token');
    return token === 'Bearer second token' ? me : refused('TOKEN_EXPIRED');
  });
  session.logIn(ana);
  expect((await ask()).data).toEqual(me.data);
  expect(sent).toHaveLength(3);
});

test('a session that cannot be renewed counts as ended elsewhere', async () => {
  const { session, ask, sent } = setUp((name) =>
    name === 'RenewSession' ? renewed(null) : refused('TOKEN_REVOKED'),
  );
  session.logIn(ana);
  await expect(ask()).rejects.toThrow(IdentityChangedError);
  expect(session.get()).toEqual({ status: 'visitor', ended: 'endedElsewhere' });
  expect(sent).toHaveLength(2);
});

test('a renewed token that is refused again ends the session instead of looping', async () => {
  const { session, ask, sent } = setUp((name) =>
    name === 'RenewSession'
      ? renewed('second token')
      : refused('TOKEN_INVALID'),
  );
  session.logIn(ana);
  await expect(ask()).rejects.toThrow(IdentityChangedError);
  expect(session.get().status).toBe('visitor');
  expect(sent).toHaveLength(3);
});

test('a response that arrives after another user logged in is discarded', async () => {
  const late = new Subject<ApolloLink.Result>();
  const session = createSession();
  const client = createClient({
    session,
    connection: createConnection(),
    renew: createRenewal(session),
    terminating: new ApolloLink(() => late),
  });
  session.logIn(ana);
  const answer = client.query({ query: ME });
  session.logIn({ ...ana, userId: 'bela' });
  late.next({ ...me, extensions: { auth: ana } });
  late.complete();

  await expect(answer).rejects.toThrow(IdentityChangedError);
  expect(client.cache.extract()).toEqual({});
  expect(session.get()).toMatchObject({ userId: 'bela' });
});

test('an anonymous operation carries no token', async () => {
  const { session, client, sent } = setUp(() => me);
  session.logIn(ana);
  await client.query({ query: ME, context: { anonymous: true } });
  expect(sent).toEqual(['Me without a token']);
});
