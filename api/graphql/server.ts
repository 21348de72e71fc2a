import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastifyCors from '@fastify/cors';
import type {
  FastifyPluginAsync,
  onRequestHookHandler,
  RouteHandlerMethod,
} from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { bearerToken } from '../auth/authenticate';
import { authPlugin } from './authPlugin';
import type { Config } from '../config';
import { createContext, type Context, type Services } from '../context';
import { redactError } from '../log';
import { createDeprecationsPlugin } from './deprecationsPlugin';
import { createFormatError } from './formatError';
import { limitsPlugin } from './limitsPlugin';
import { OPERATION_LIMITS } from './operationLimits';
import { SCHEMA_PATH } from './schemaText';
import {
  errorLimitPlugin,
  limitResponse,
  MAX_REQUEST_ERRORS,
} from './responseLimits';
import { logErrors } from './logErrors';
import { languagePlugin } from '../language/languagePlugin';
import { COMPRESSED, registerCompression } from '../http/compression';
import {
  API_HEADERS,
  corsOptions,
  allowedOrigins,
  isOwnOrigin,
} from '../http/headers';
import type { Metrics } from '../http/metrics';
import { recordErrors, recordOperation } from '../http/requestLog';
import { createSockets } from './sockets';

/** Serves the API at `/graphql`. Browsers that open the address get a page (api/http/developerPages.ts). */
export const graphql: FastifyPluginAsync<{
  services: Services;
  config: Config;
  metrics: Metrics | null;
  schema: GraphQLSchema;
}> = async (app, { services, config, metrics, schema }) => {
  const countDeprecatedUses = metrics?.countDeprecatedUses ?? null;
  const formatError = createFormatError({
    suggestions: config.sandbox && !config.production,
    schemaPath: config.publicSchema ? SCHEMA_PATH : null,
  });
  const apollo = new ApolloServer<Context>({
    schema,
    formatError,
    logger: app.log,
    parseOptions: { maxTokens: OPERATION_LIMITS.tokens },
    introspection: config.sandbox,
    // formatError removes suggestions: Apollo's own expression takes quadratic time for a value that
    // repeats "Did you mean".
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    executionOptions: { maxCoercionErrors: MAX_REQUEST_ERRORS },
    // Our clients always send the full query, so automatic persisted queries would only be an attack
    // surface.
    persistedQueries: false,
    // main.ts closes the app on a signal.
    stopOnTerminationSignals: false,
    plugins: [
      authPlugin,
      limitsPlugin,
      logPlugin,
      createDeprecationsPlugin(countDeprecatedUses),
      errorLimitPlugin,
      languagePlugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());

  const sockets = createSockets(
    services,
    schema,
    formatError,
    countDeprecatedUses,
  );
  app.addHook('onClose', () => {
    sockets.close();
  });

  await registerCompression(app);
  await app.register(fastifyCors, corsOptions(config));
  const handle = fastifyApolloHandler(apollo, {
    context: (request, reply) => createContext(services, request, reply),
  });
  const runningOperations = new Set<Promise<unknown>>();
  const handler: RouteHandlerMethod = (request, reply) => {
    const answer = handle.call(app, request, reply) as Promise<unknown>;
    runningOperations.add(answer);
    const settle = () => runningOperations.delete(answer);
    answer.then(settle, settle);
    return limitResponse(answer, reply, config.operationSeconds);
  };
  // Fastify waits for open requests only. Operations of clients that have disconnected still use the
  // database, so closing waits for them too.
  app.addHook('onClose', () => Promise.allSettled(runningOperations));
  const onRequest: onRequestHookHandler = (request, reply, done) => {
    void reply.headers(API_HEADERS);
    // No page of another site can send a bearer token unnoticed, so it proves as much as this header.
    if ('token' in bearerToken(request))
      request.headers['apollo-require-preflight'] ??= 'true';
    done();
  };
  app.post('/graphql', { onRequest, compress: COMPRESSED }, handler);
  app.route({
    url: '/graphql',
    method: 'GET',
    compress: COMPRESSED,
    onRequest: [onRequest, rejectForeignSockets(config)],
    handler,
    wsHandler: sockets.handler,
  });
};

/**
 * Rejects sockets of pages of other origins: browsers let any page open a socket, but send its origin.
 * Other clients send none.
 */
function rejectForeignSockets(config: Config): onRequestHookHandler {
  const allowed = allowedOrigins(config);
  return (request, reply, done) => {
    const { origin, host } = request.headers;
    if (
      !request.ws ||
      origin === undefined ||
      isOwnOrigin(origin, host, config.publicUrl) ||
      allowed.includes(origin)
    ) {
      done();
      return;
    }
    void reply.code(403).send({
      errors: [
        {
          message: 'This origin is not allowed to connect',
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
  };
}

const listener: GraphQLRequestListener<Context> = {
  didResolveOperation(requestContext) {
    recordOperation(requestContext);
    return Promise.resolve();
  },
  didEncounterErrors({ errors, contextValue: { request } }) {
    logErrors(errors, request);
    return Promise.resolve();
  },
  willSendResponse(requestContext) {
    recordErrors(requestContext);
    return Promise.resolve();
  },
};

const logPlugin: ApolloServerPlugin<Context> = {
  unexpectedErrorProcessingRequest({ requestContext, error }) {
    const { request } = requestContext.contextValue;
    request.log.error(
      { requestId: request.id, err: redactError(error) },
      'unexpected error',
    );
    return Promise.resolve();
  },
  requestDidStart: () => Promise.resolve(listener),
};
