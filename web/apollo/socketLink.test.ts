/**
 * The server of these tests needs the packages as Node.js gets them.
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { gql } from '@apollo/client';
import type { ApolloClient } from '@apollo/client';
import { ApolloLink } from '@apollo/client/link';
import { buildSchema } from 'graphql';
import { useServer as serve } from 'graphql-ws/use/ws';
import { of } from 'rxjs';
import { WebSocketServer } from 'ws';
import { createConnection } from '../session/connection';
import { createSession } from '../session/session';
import { createClient } from './client';
import { createRenewal } from './renewal';
import { createSocketLink } from './socketLink';

const NEWS = gql`
  subscription News {
    notificationReceived {
      id
    }
  }
`;

const ana = { accessToken: 'first token', expiresIn: 3600, userId: 'ana' };

const closeLater: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closeLater.splice(0).reverse()) await close();
});

/** Starts a server that accepts only one token, and sends events on request. */
async function startServer(accepted: { token: string }, port = 0) {
  const tokens: unknown[] = [];
  const clients: unknown[] = [];
  // Like the API, it delivers events from the acknowledgment on, also to a slightly later subscription.
  const told: string[] = [];
  const teller = new EventEmitter();
  const sockets = new WebSocketServer({ port, host: '127.0.0.1' });
  const server = serve(
    {
      schema: buildSchema(readFileSync('schema.graphql', 'utf8')),
      onConnect: ({ connectionParams, extra }) => {
        tokens.push(connectionParams?.accessToken);
        clients.push(connectionParams?.['apollographql-client-name']);
        if (connectionParams?.accessToken !== accepted.token)
          extra.socket.close(4401, 'Unauthorized');
      },
      subscribe: () =>
        (async function* () {
          for (;;) {
            const id = told.shift();
            if (id != null)
              yield { data: { notificationReceived: notification(id) } };
            else await once(teller, 'told');
          }
        })(),
    },
    sockets,
  );
  await once(sockets, 'listening');
  let isRunning = true;
  const stop = async () => {
    if (!isRunning) return;
    isRunning = false;
    sockets.clients.forEach((socket) => socket.terminate());
    await server.dispose();
  };
  closeLater.push(stop);
  const { port: boundTo } = sockets.address() as AddressInfo;
  return {
    tokens,
    clients,
    port: boundTo,
    stop,
    tell: (id: string) => {
      told.push(id);
      teller.emit('told');
    },
    close: (code: number) =>
      sockets.clients.forEach((socket) => socket.close(code)),
    openSockets: () => sockets.clients.size,
  };
}

const notification = (id: string) => ({ __typename: 'Notification', id });

/** Ana at her tab, listening. The cookie stands for her as long as `goesOn` says so. */
function listen(port: number, { goesOn = true } = {}) {
  const session = createSession();
  const renewals: string[] = [];
  const renewedToken = { current: 'second token' };
  const renew = createRenewal(session);
  const socket = createSocketLink({
    session,
    renew,
    url: `ws://127.0.0.1:${port}/graphql`,
  });
  const client: ApolloClient = createClient({
    session,
    connection: createConnection(),
    renew,
    terminating: new ApolloLink((operation, forward) => {
      if (operation.operationName === 'News')
        return socket.request(operation, forward);
      renewals.push(String(operation.operationName));
      const accessToken = goesOn ? renewedToken.current : null;
      return of({
        data: {
          renewSession: {
            __typename: 'RenewSessionPayload',
            accessToken,
            expiresIn: accessToken && 3600,
            user: accessToken && { __typename: 'User', id: 'ana' },
          },
        },
      });
    }),
  });
  session.logIn(ana);

  const heard: string[] = [];
  const listening = jest.fn();
  const subscription = client
    .subscribe<{ notificationReceived: { id: string } }>({
      query: NEWS,
      context: { listening },
    })
    .subscribe(({ data }) => {
      if (data) heard.push(data.notificationReceived.id);
    });
  closeLater.push(() => {
    subscription.unsubscribe();
    return Promise.resolve();
  });
  return { session, heard, listening, renewals, subscription };
}

/** Waits for something that another process has to do first; the test's time limit ends the wait. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a subscription sends the token on connecting and receives events', async () => {
  const server = await startServer({ token: 'first token' });
  const { heard, listening } = listen(server.port);
  await until(() => listening.mock.calls.length === 1);
  server.tell('one');
  await until(() => heard.length === 1);

  expect(heard).toEqual(['one']);
  expect(server.tokens).toEqual(['first token']);
  expect(server.clients).toEqual(['neighborshare-web']);
});

test('the socket closes after the last subscription ended', async () => {
  const server = await startServer({ token: 'first token' });
  const { listening, subscription } = listen(server.port);
  await until(() => listening.mock.calls.length === 1);
  expect(server.openSockets()).toBe(1);
  subscription.unsubscribe();
  await until(() => server.openSockets() === 0);
});

test('a lost connection is restored, and subscribers are told to refetch', async () => {
  const accepted = { token: 'first token' };
  const first = await startServer(accepted);
  const { heard, listening, renewals } = listen(first.port);
  await until(() => listening.mock.calls.length === 1);
  await first.stop();

  const second = await startServer(accepted, first.port);
  await until(() => listening.mock.calls.length === 2);
  second.tell('two');
  await until(() => heard.length === 1);
  expect(heard).toEqual(['two']);
  expect(renewals).toEqual([]);
});

test('a token refused by the socket is renewed and used from then on', async () => {
  const accepted = { token: 'first token' };
  const server = await startServer(accepted);
  const { listening, renewals, session } = listen(server.port);
  await until(() => listening.mock.calls.length === 1);
  accepted.token = 'second token';
  server.close(4401);

  await until(() => listening.mock.calls.length === 2);
  expect(renewals).toEqual(['RenewSession']);
  expect(server.tokens).toEqual(['first token', 'second token']);
  expect(session.get()).toMatchObject({ accessToken: 'second token' });
});

test('a socket closed because the session ended ends the session of the tab', async () => {
  const server = await startServer({ token: 'first token' });
  const { listening, session } = listen(server.port, { goesOn: false });
  await until(() => listening.mock.calls.length === 1);
  server.close(4401);
  await until(() => session.get().status === 'visitor');
  expect(session.get()).toEqual({ status: 'visitor', ended: 'endedElsewhere' });
});

test('a renewed token that the socket refuses again ends the session instead of looping', async () => {
  const server = await startServer({ token: 'another token' });
  const { session, renewals } = listen(server.port);
  await until(() => session.get().status === 'visitor');
  expect(renewals).toEqual(['RenewSession']);
});
