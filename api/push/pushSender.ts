import { lookup as resolve } from 'node:dns';
import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { sendNotification, WebPushError } from 'web-push';
import { isLoopback } from '../configFormats';
import type { PushDeviceRow } from './pushDevice.entity';
import { isPublicAddress, isPushEndpoint } from './pushEndpoint';
import type { VapidKeys } from './vapidKeys';

/** Contents of a push, as the service worker reads it. */
export type PushPayload = {
  title: string;
  body: string;
  /** Path of a page of the web app, as `/loans/…`. */
  url: string;
  /** A later push with the same tag replaces this one on the screen. */
  tag: string;
  /** Buttons, at most two, with the pages to which they lead. */
  actions?: { action: string; title: string; url: string }[];
};

/** How a push is to be treated on its way (RFC 8030 sections 5.2 and 5.3). */
export type PushUrgency = {
  /** Seconds for which the push service keeps it while the browser is not reachable. */
  ttlSeconds: number;
  isUrgent: boolean;
};

/** Result of an attempt: `gone` means that the subscription has ended for good. */
export type PushOutcome = 'sent' | 'gone' | 'unavailable';

/** Sends pushes to push services. */
export interface PushSender {
  /** Public key of this server, for subscriptions. */
  readonly publicKey: string;
  /** Host names of the push services that are called. */
  readonly hosts: readonly string[];
  /** Encrypts a push and hands it to the browser's push service. Never rejects. */
  send(
    device: Pick<PushDeviceRow, 'endpoint' | 'p256dh' | 'auth'>,
    payload: PushPayload,
    urgency: PushUrgency,
  ): Promise<PushOutcome>;
  /** Closes the connections to push services. */
  close(): void;
}

/** How long a push service may be silent. */
const DEFAULT_TIMEOUT_MS = 10_000;
/** Connections to one push service. */
const MAX_CONNECTIONS = 10;

/**
 * Creates a sender. It calls listed hosts only, at public addresses, and follows no redirect. A host of this
 * machine has to be listed with its port, which the configuration refuses in production.
 * @param contact URL of the operator, for push services (RFC 8292 section 2.1)
 * @param onError called with an unexpected error, without the endpoint
 * @param ca certificate of an authority to trust beside the usual ones
 * @param patienceMs how long a push service may be silent
 */
export function createPushSender({
  keys,
  contact,
  hosts,
  onError,
  ca,
  patienceMs = DEFAULT_TIMEOUT_MS,
}: {
  keys: VapidKeys;
  contact: string;
  hosts: readonly string[];
  onError: (error: unknown) => void;
  ca?: string;
  patienceMs?: number;
}): PushSender {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: MAX_CONNECTIONS,
    lookup: publicLookup,
    ca,
  });
  const vapidDetails = { subject: contact, ...keys };
  return {
    publicKey: keys.publicKey,
    hosts,
    async send({ endpoint, p256dh, auth }, payload, urgency) {
      // The list may have changed since the subscription was stored.
      if (!isPushEndpoint(endpoint, hosts)) return 'gone';
      try {
        await sendNotification(
          { endpoint, keys: { p256dh, auth } },
          JSON.stringify(payload),
          {
            vapidDetails,
            agent,
            timeout: patienceMs,
            TTL: urgency.ttlSeconds,
            urgency: urgency.isUrgent ? 'high' : 'normal',
          },
        );
        return 'sent';
      } catch (error) {
        return outcomeOf(error, onError);
      }
    },
    close() {
      agent.destroy();
    },
  };
}

/**
 * Statuses of a subscription that will never work again: unsubscribed (404, 410), made for another key of this
 * server (401, 403), or broken (400).
 */
const GONE = [400, 401, 403, 404, 410];

function outcomeOf(
  error: unknown,
  onError: (error: unknown) => void,
): PushOutcome {
  if (error instanceof WebPushError && GONE.includes(error.statusCode))
    return 'gone';
  onError(redact(error));
  return 'unavailable';
}

/** Reduces an error to what the log may keep: its message and properties repeat the endpoint. */
function redact(error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  const status = error instanceof WebPushError ? error.statusCode : code;
  return new Error(`A push service answered ${status ?? 'nothing'}`);
}

/**
 * Resolves a host name, and fails for an address in a private network, so that a name of a push service
 * whose address was forged leads nowhere.
 */
const publicLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const found = error ? [] : addresses;
    const usable = isLoopback(hostname)
      ? found
      : found.filter(({ address }) => isPublicAddress(address));
    const [first] = usable;
    if (!first) {
      done(error ?? new Error('The host has no public address'), []);
      return;
    }
    if (options.all) done(null, usable);
    else done(null, first.address, first.family);
  });
};
