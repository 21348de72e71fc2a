import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print, type GraphQLError } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { recordResponse } from './contractCoverage';
import type { TestApi } from './testApp';

/** Lets the server listen. @returns the address of its API for sockets */
export async function listen(api: TestApi): Promise<string> {
  await api.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.http.server.address() as AddressInfo;
  return `ws://127.0.0.1:${port}/graphql`;
}

/** Waits until a condition is met, or the test times out. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await isSo())) await pause(20);
}

/** Subscriber: the values that arrived, and how the socket was closed. */
export type Listener<Data> = {
  received: Data[];
  /** Error with which the subscription ended, if it did. */
  error: () => unknown;
  /** Ends the subscription and the socket. */
  stop(): Promise<void>;
};

/**
 * Subscribes like the web app, with the client of graphql-ws.
 * @returns once the server has acknowledged the login
 */
export async function listenIn<Data>(
  url: string,
  accessToken: string,
  document: TypedDocumentNode<Data, Record<string, never>> | string,
): Promise<Listener<Data>> {
  const received: Data[] = [];
  let error: unknown;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { accessToken },
    retryAttempts: 0,
  });
  const connected = new Promise<void>((resolve, reject) => {
    client.on('connected', () => {
      resolve();
    });
    client.on('closed', reject);
  });
  const query = typeof document === 'string' ? document : print(document);
  client.subscribe<Data>(
    { query },
    {
      next({ data, errors }) {
        recordResponse(query, { data });
        if (data) received.push(data);
        if (errors) error = errors;
      },
      error(reason) {
        error = reason;
      },
      complete: () => undefined,
    },
  );
  await connected;
  return {
    received,
    error: () => error,
    async stop() {
      await client.dispose();
    },
  };
}

/** Socket without a client library, which can send any message. */
export type BareSocket = {
  /** Messages of the server. */
  messages: Record<string, unknown>[];
  say(message: unknown): void;
  /** Resolves when the server has closed the socket. */
  closed: Promise<{ code: number; reason: string }>;
  socket: WebSocket;
};

/** Opens a socket without sending a message. */
export async function openSocket(
  url: string,
  {
    protocol = 'graphql-transport-ws',
    headers = {},
  }: { protocol?: string; headers?: Record<string, string> } = {},
): Promise<BareSocket> {
  const socket = new WebSocket(url, protocol, { headers });
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Record<string, unknown>;
    messages.push(message);
    if (message.type === 'error')
      recordResponse('', { errors: message.payload as GraphQLError[] });
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: reason.toString() });
    });
  });
  await once(socket, 'open');
  return {
    messages,
    say(message) {
      socket.send(
        typeof message === 'string' ? message : JSON.stringify(message),
      );
    },
    closed,
    socket,
  };
}

/** Opens a socket and logs in. @returns once the server has acknowledged it, or closed the socket */
export async function openLine(
  url: string,
  accessToken: string,
): Promise<BareSocket> {
  const line = await openSocket(url);
  line.say({ type: 'connection_init', payload: { accessToken } });
  await until(
    () =>
      line.messages.length > 0 || line.socket.readyState === WebSocket.CLOSED,
  );
  return line;
}

/** Subscription to the kinds of new notifications. */
export const SUBSCRIPTION = 'subscription { notificationReceived { id kind } }';

/** Message of the protocol that starts a subscription. */
export const subscribeMessage = (id: string, query = SUBSCRIPTION) => ({
  id,
  type: 'subscribe',
  payload: { query },
});
