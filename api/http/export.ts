import { Readable } from 'node:stream';
import fastifyCors from '@fastify/cors';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { exportAccount } from '../account/exportAccount';
import { authenticate, bearerToken } from '../auth/authenticate';
import { authError } from '../graphql/requireUser';
import type { Claims } from '../auth/tokens';
import type { Config } from '../config';
import type { Services } from '../context';
import { ApiError, Unauthenticated } from '../errors';
import { text } from '../language/text';
import { redactError } from '../log';
import type { Allowance } from '../limits/counter';
import { API_HEADERS, corsOptions } from './headers';
import { sendError } from './requestErrors';

/** Exports per user: each reads all their data. */
const EXPORTS: Allowance = {
  name: 'exports',
  times: 10,
  seconds: 60 * 60,
  refusal: text('account.tooManyExports'),
};

/**
 * Serves `GET`: all data of the token's user as one JSON file. To be registered with the prefix
 * `/export`.
 */
export const accountExport: FastifyPluginAsync<{
  services: Services;
  config: Config;
}> = async (app, { services, config }) => {
  await app.register(fastifyCors, corsOptions(config));
  app.setErrorHandler((error, _, reply) => {
    if (!(error instanceof ApiError)) throw error;
    return sendError(reply, error);
  });
  // HEAD would have to read all data.
  app.get('', { exposeHeadRoute: false }, async (request, reply) => {
    const auth = await authenticate(services, bearerToken(request));
    if (!auth.viewer) throw authError(auth, { whole: true });
    const { userId, claims } = auth.viewer;
    request.subject = { userId };
    await services.throttle.count(EXPORTS, userId);
    const pieces = await exportAccount(services.reads, userId);
    if (!pieces) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
    const day = new Date().toISOString().slice(0, 10);
    return reply
      .headers({
        ...API_HEADERS,
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="neighborshare-${day}.json"`,
      })
      .send(Readable.from(abortOnFailure(services, request, claims, pieces)));
  });
};

/**
 * Throws where the session ends or reading fails: the connection is aborted, so that a truncated file
 * cannot look complete.
 */
async function* abortOnFailure(
  services: Services,
  { id: requestId, log }: FastifyRequest,
  claims: Claims,
  pieces: AsyncGenerator<string>,
): AsyncGenerator<string> {
  try {
    for await (const piece of pieces) {
      if (services.blocklist.has(claims.sid))
        throw new Unauthenticated('TOKEN_REVOKED');
      yield piece;
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    log.error(
      { requestId, err: redactError(error as Error) },
      'unexpected error',
    );
    // Fastify logs this error as it is, so that it must contain no values.
    throw new Error('An export was aborted');
  }
}
