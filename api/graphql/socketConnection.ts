import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../auth/authenticate';
import type { Client } from '../http/client';
import type { Inbox } from '../notifications/feed';
import { CLOSE_CODES } from './socketServer';
import type { SocketSubscriptions } from './subscriptionBudget';

type Socket = Parameters<WebsocketHandler>[0];

/** An open socket. */
export type Connection = {
  socket: Socket;
  request: FastifyRequest;
  /** As `connection_init` or the headers name it. */
  client: Client;
  /** On the monotonic clock. */
  openedAt: number;
  /** The viewer and their inbox; null before `connection_init`, and without a token. */
  login: { viewer: Viewer; inbox: Inbox } | null;
  subscriptions: SocketSubscriptions;
  /** Resolves when the socket was closed. */
  closed: Promise<unknown>;
  /** Whether a pong has arrived since the last ping. */
  isAlive: boolean;
};

/** Closes a socket; the reason corresponds to `extensions.reason` of an HTTP response. @returns false */
export function closeConnection(
  { socket, login }: Connection,
  reason: string,
): false {
  if (reason === 'UNKNOWN')
    socket.close(CLOSE_CODES.tryAgainLater, 'Try again in a moment');
  else socket.close(CLOSE_CODES.unauthenticated, reason);
  login?.inbox.close();
  return false;
}

/** Logs that a socket was closed, and how long it was open. */
export function logClosing(
  { request, openedAt, login }: Connection,
  code: number,
): void {
  const { id: requestId, log } = request;
  const ms = Math.round(performance.now() - openedAt);
  log.info({ requestId, code, ms, userId: login?.viewer.userId }, 'closed');
}

/** Terminates a connection without a pong since the last ping: TCP alone would notice hours later. */
export function pingOrTerminate(line: Connection): void {
  if (!line.isAlive) line.socket.terminate();
  else if (line.socket.readyState === line.socket.OPEN) {
    line.isAlive = false;
    line.socket.ping();
  }
}
