import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { isPass } from '../doctor/pass';
import type { Signatures } from '../signatures';
import { API_HEADERS } from './headers';

/** Address of the route. */
export const SELF_CHECK_PATH = '/health/request';

/** A request of `npm run doctor` as the server received it. */
export type SeenRequest = {
  /** Address of the client, by which requests are limited. */
  client: string;
  /** Address that the connection came from: the proxy, or the client itself. */
  peer: string;
  /** Whether the peer is one of the trusted proxies, and names a client. */
  isTrusted: boolean;
  /** Header X-Forwarded-For as it arrived. */
  forwardedFor: string | null;
  host: string | null;
  /** Length of the body. */
  bytes: number;
  /** Start of this process, in milliseconds since 1970. */
  startedAt: number;
};

/** Largest body: an upload with the text around it. */
const MAX_BODY_BYTES = 11_000_000;

const STARTED_AT = Date.now() - Math.round(process.uptime() * 1000);

/**
 * Serves `POST /health/request`: tells `npm run doctor` how its request arrived, so that it can judge
 * the proxy. Requests without a pass, which needs the server's secret, get the answer of an unknown
 * path before their body is read.
 */
export const selfCheck: FastifyPluginAsync<{ signatures: Signatures }> = (
  app,
  { signatures },
) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    async (_: FastifyRequest, body: AsyncIterable<Buffer>) => {
      let length = 0;
      for await (const chunk of body) {
        length += chunk.length;
        if (length > MAX_BODY_BYTES) throw tooLarge();
      }
      return length;
    },
  );
  app.post(
    SELF_CHECK_PATH,
    {
      onRequest: (request, reply, done) => {
        const { authorization } = request.headers;
        if (isPass(signatures, authorization, Date.now())) done();
        else reply.callNotFound();
      },
    },
    (request, reply) => reply.headers(API_HEADERS).send(see(request)),
  );
  return Promise.resolve();
};

const tooLarge = () =>
  Object.assign(new Error('Too large'), { statusCode: 413 });

const see = ({
  ip,
  ips,
  socket,
  headers,
  body,
}: FastifyRequest): SeenRequest => ({
  client: ip,
  peer: socket.remoteAddress ?? '',
  isTrusted: (ips?.length ?? 1) > 1,
  forwardedFor: [headers['x-forwarded-for'] ?? []].flat().join(', ') || null,
  host: headers.host ?? null,
  bytes: Number(body ?? 0),
  startedAt: STARTED_AT,
});
