import { createECDH, createPublicKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { decrypt } from 'http_ece';
import { verify } from 'jsonwebtoken';
import { createPushSender, type PushPayload } from '../push/pushSender';
import type { PushSubscriptionInput } from '../push/pushDevices';
import { vapidKeys } from '../push/vapidKeys';
import { makeAuthority, makeCertificate } from './certificates';
import { endsWithTest } from './cleanUp';
import type { TestApi } from './testApp';

/** A push as a browser sees it. */
export type ReceivedPush = {
  /** Name of the browser. */
  to: string;
  payload: PushPayload;
  headers: IncomingMessage['headers'];
};

/** A real push service on loopback, with the browsers that it pushes to. */
export type PushService = {
  /** Host of its endpoints, with the port. */
  host: string;
  /** Certificate of the authority that it is to be trusted by. */
  ca: string;
  /** Pushes that it has taken, in order. */
  pushes: ReceivedPush[];
  /** Number of requests, including refused ones. */
  requests: number;
  /** Makes the subscription of a new browser. */
  subscribe(name: string): PushSubscriptionInput;
  /** Answers with this status from now on: 201 takes pushes. */
  answer(status: number, headers?: Record<string, string>): void;
  /** Never answers pushes of the server with this contact, as if it were slow. */
  holdSender(contact: string): void;
  /** Browsers whose pushes were held. */
  held: string[];
};

/** Starts a push service; it ends with the test. */
export async function startPushService(): Promise<PushService> {
  const authority = await makeAuthority();
  const { key, cert } = await makeCertificate({ authority });
  const browsers = new Map<string, ReturnType<typeof createBrowser>>();
  const pushes: ReceivedPush[] = [];
  let reply: { status: number; headers: Record<string, string> } = {
    status: 201,
    headers: {},
  };
  let heldContact: string | undefined;
  const server = createServer({ key, cert }, (request, response) => {
    void readBody(request).then((body) => {
      service.requests++;
      const browser = browsers.get(request.url ?? '');
      if (browser && heldContact === verifyVapid(request, origin)) {
        service.held.push(browser.name);
        return;
      }
      if (browser && reply.status === 201) {
        pushes.push({
          to: browser.name,
          payload: browser.open(body),
          headers: request.headers,
        });
      }
      response.writeHead(browser ? reply.status : 404, reply.headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endsWithTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const host = `localhost:${port}`;
  const origin = `https://${host}`;
  const service: PushService = {
    host,
    ca: authority.cert,
    pushes,
    requests: 0,
    held: [],
    subscribe(name) {
      const browser = createBrowser(name);
      const path = `/push/${randomBytes(12).toString('base64url')}`;
      browsers.set(path, browser);
      return { endpoint: origin + path, ...browser.keys };
    },
    answer(status, headers = {}) {
      reply = { status, headers };
    },
    holdSender(contact) {
      heldContact = contact;
    },
  };
  return service;
}

/** Lets a server send its pushes to this service. */
export function usePushService(
  { services, config }: TestApi,
  { host, ca }: PushService,
): void {
  services.push.close();
  services.push = createPushSender({
    keys: vapidKeys(null, String(config.jwtSecrets[0])),
    contact: 'mailto:test@example.org',
    hosts: [host],
    onError: () => undefined,
    ca,
    // On a busy machine the push service, which is in this process, takes seconds.
    patienceMs: 120_000,
  });
}

/** Makes the keys of a browser (RFC 8291). */
function createBrowser(name: string) {
  const curve = createECDH('prime256v1');
  const p256dh = curve.generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');
  return {
    name,
    keys: { p256dh, auth },
    open: (body: Buffer) =>
      JSON.parse(
        decrypt(body, {
          version: 'aes128gcm',
          privateKey: curve,
          authSecret: auth,
        }).toString(),
      ) as PushPayload,
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Verifies that the server identifies itself to this service (RFC 8292). @returns its contact */
function verifyVapid({ headers }: IncomingMessage, audience: string): string {
  const [, token = '', key = ''] =
    /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? [];
  const point = Buffer.from(key, 'base64url');
  const { sub } = verify(
    token,
    createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
    }),
    { algorithms: ['ES256'], audience },
  ) as { sub: string };
  return sub;
}
