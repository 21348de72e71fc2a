import { maxHeaderSize } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyPluginOptions,
} from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { GraphQLSchema } from 'graphql';
import type { Config } from './config';
import type { Services } from './context';
import { calendar } from './http/calendar';
import { explorerUrl } from './http/developerPages';
import { accountExport } from './http/export';
import { buildSchema } from './graphql/schema';
import { graphql } from './graphql/server';
import { schemaText } from './graphql/schemaText';
import { createReadiness, health, type Readiness } from './http/health';
import type { Metrics } from './http/metrics';
import { photos } from './http/photos';
import { registerAddressCheck } from './http/addressCheck';
import { registerRequestLog, requestId, RequestLog } from './http/requestLog';
import {
  MAX_BODY_BYTES,
  handleMalformedRequest,
  registerRequestErrors,
  routableUrl,
} from './http/requestErrors';
import { socketServer } from './graphql/socketServer';
import { closeStalledResponses } from './http/stalledResponses';
import { oneClickUnsubscribe } from './http/unsubscribe';
import { web } from './http/web';
import { jobsOf, startJobs } from './jobs';
import { redactError, standardOutput } from './log';
import { openServices } from './openServices';

/** How long a request may take to arrive: enough for a picture of 10 MB over a slow line. */
const UPLOAD_TIMEOUT_MS = 120_000;

/** How long a client may take nothing of its response. */
const RESPONSE_TIMEOUT_MS = 60_000;

/** The server, not yet listening. */
export type App = {
  http: FastifyInstance;
  services: Services;
  /** Server of the metrics, on a port of its own; null where not configured. */
  metrics: FastifyInstance | null;
  /** Finishes running requests and releases all resources. */
  close: () => Promise<void>;
};

/**
 * Opens and migrates the database, and assembles the server.
 * @param onStatement called with every SQL statement, so that tests can count them
 * @param schema executable schema of the API
 */
export async function createApp(
  config: Config,
  onStatement?: (sql: string) => void,
  schema: GraphQLSchema = buildSchema(),
): Promise<App> {
  const http = Fastify({
    logger: { level: config.logLevel, stream: standardOutput() },
    logController: new RequestLog(),
    // A child logger per request is expensive; log lines carry the request id instead.
    childLoggerFactory: (logger) => logger,
    genReqId: requestId,
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    clientErrorHandler: handleMalformedRequest,
    rewriteUrl: (request) =>
      (config.sandbox ? explorerUrl(request) : null) ?? routableUrl(request),
    // Longer than any URL: Fastify would otherwise answer a long parameter by itself.
    routerOptions: { maxParamLength: maxHeaderSize },
    requestTimeout: UPLOAD_TIMEOUT_MS,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
  });
  try {
    const services = await openServices(config, http, onStatement);
    const shared = { services, config };
    // Browsers send text/plain across origins without a preflight, and our clients never send it.
    http.removeContentTypeParser('text/plain');
    registerRequestErrors(http);
    registerRequestLog(http);
    closeStalledResponses(http, RESPONSE_TIMEOUT_MS);
    registerAddressCheck(http, config);
    const metrics =
      config.metricsPort === null ? null : await openMetrics(http, services);
    const readiness = createReadiness(services);
    await http.register(fastifyWebsocket, socketServer);
    await http.register(named('graphql', graphql), {
      ...shared,
      metrics,
      schema,
    });
    if (config.publicSchema)
      await http.register(named('schemaText', schemaText), { schema });
    await http.register(named('photos', photos), {
      prefix: '/photos',
      services,
      config,
    });
    await http.register(named('accountExport', accountExport), {
      prefix: '/export',
      services,
      config,
    });
    await http.register(named('calendar', calendar), {
      prefix: '/calendar',
      services,
    });
    await http.register(named('oneClickUnsubscribe', oneClickUnsubscribe), {
      services,
    });
    await http.register(named('health', health), {
      prefix: '/health',
      readiness,
    });
    await http.register(named('web', web), {
      config,
      services,
    });
    if (config.jobs) runJobs(http, services, metrics);
    return {
      http,
      services,
      metrics: metrics?.http ?? null,
      close: () => close(http, readiness, config.drainSeconds),
    };
  } catch (error) {
    await http.close();
    throw error;
  }
}

/**
 * Names a plugin for Fastify, which otherwise searches all loaded modules for its file. The plugin
 * keeps its hooks and parsers to itself.
 */
const named = <Options extends FastifyPluginOptions>(
  name: string,
  plugin: FastifyPluginAsync<Options>,
) => fastifyPlugin(plugin, { name, encapsulate: true });

/**
 * Reports "not ready", and waits for load balancers to notice. Then closes kept-alive connections as
 * soon as they are idle, instead of a minute later.
 */
async function close(
  http: FastifyInstance,
  readiness: Readiness,
  drainSeconds: number,
): Promise<void> {
  readiness.stop();
  await pause(drainSeconds * 1000);
  const closeIdle = setInterval(() => {
    http.server.closeIdleConnections();
  }, 50);
  try {
    await http.close();
  } finally {
    clearInterval(closeIdle);
  }
}

/** Loads the metrics only where they are configured: most servers are not monitored. */
async function openMetrics(
  http: FastifyInstance,
  services: Services,
): Promise<Metrics> {
  const { createMetrics } = await import('./http/metrics');
  return createMetrics(http, services);
}

/** Starts the jobs, which end before the services they use are closed. */
function runJobs(
  http: FastifyInstance,
  services: Services,
  metrics: Metrics | null,
): void {
  const stop = startJobs(jobsOf(services), (run) => {
    metrics?.countJob(run);
    const { job, error } = run;
    if (error === null) return;
    http.log.error({ err: redactError(error as Error), job }, 'a job failed');
  });
  http.addHook('onClose', stop);
}
