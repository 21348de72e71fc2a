import Fastify, { type FastifyInstance } from 'fastify';
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import type { Services } from '../context';
import { readWaiting } from '../deliveries/deliveries.reads';
import { waitingForConnection } from '../database/orm';
import type { JobRun } from '../jobs';
import type { Client } from './client';

/** Collected metrics, and the server that exposes them. */
export type Metrics = {
  /** Serves `GET /metrics`, on another port than the API. */
  http: FastifyInstance;
  countJob: (run: JobRun) => void;
  countDeprecatedUses: CountDeprecatedUses;
};

/** Counts the deprecated elements that an operation of a client uses, by their schema coordinates. */
export type CountDeprecatedUses = (
  client: Client,
  elements: readonly string[],
) => void;

/** Clients with a label of their own; all others are counted together, as anybody can invent names. */
const MAX_CLIENTS = 50;

/** Bounds of durations, in seconds: from an in-memory read to a timeout. */
const DURATION_BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/**
 * Collects metrics for Prometheus. Every label comes from a closed set: routes, statuses, jobs and
 * elements of the schema. Operation names are no labels, because clients choose them, and of the names of
 * clients only the first are.
 * @param http server whose requests are counted; the metrics server closes with it
 */
export function createMetrics(
  http: FastifyInstance,
  services: Services,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countRequests(http, registry);
  registerGauges(http, services, registry);
  registerDeliveries(services, registry);
  const server = Fastify();
  server.get('/metrics', async (_, reply) => {
    void reply.header('content-type', registry.contentType);
    return registry.metrics();
  });
  http.addHook('onClose', () => server.close());
  return {
    http: server,
    countJob: jobCounter(registry),
    countDeprecatedUses: deprecatedUseCounter(registry),
  };
}

function countRequests(http: FastifyInstance, registry: Registry): void {
  const registers = [registry];
  const requests = new Histogram({
    name: 'neighborshare_request_duration_seconds',
    help: 'HTTP requests, from arrival to the last byte of the response.',
    labelNames: ['route', 'status'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const operations = new Histogram({
    name: 'neighborshare_operation_duration_seconds',
    help: 'GraphQL operations by root field. An operation with several root fields counts once for each.',
    labelNames: ['field'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const errors = new Counter({
    name: 'neighborshare_operation_errors_total',
    help: 'GraphQL operations that were answered with a top-level error, by its code.',
    labelNames: ['code'],
    registers,
  });
  http.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1000;
    const route = request.routeOptions.url ?? '';
    requests.observe({ route, status: reply.statusCode }, seconds);
    for (const field of request.subject?.fields ?? [])
      operations.observe({ field }, seconds);
    for (const code of request.subject?.errors ?? [])
      errors.inc({ code: String(code) });
    done();
  });
}

/** Registers gauges that are read only when scraped. */
function registerGauges(
  http: FastifyInstance,
  { orm, passwords, hints, blocklist }: Services,
  registry: Registry,
): void {
  const gauges: [name: string, help: string, read: () => number][] = [
    [
      'neighborshare_sockets',
      'Open WebSockets.',
      () => http.websocketServer.clients.size,
    ],
    [
      'neighborshare_passwords_waiting',
      'Passwords waiting to be hashed; from 64 on, requests are refused.',
      () => passwords.waiting,
    ],
    [
      'neighborshare_database_waiting',
      'Transactions and statements waiting for a database connection.',
      () => waitingForConnection(orm),
    ],
    [
      'neighborshare_hints_live',
      'Whether the database announces changes; where not, it is polled more often.',
      () => Number(hints.areLive),
    ],
    [
      'neighborshare_blocklist_sessions',
      'Ended sessions whose tokens may not have expired yet.',
      () => blocklist.size,
    ],
    [
      'neighborshare_blocklist_age_seconds',
      'Seconds since the ended sessions were last read; after 30, access tokens are refused.',
      () => blocklist.age / 1000,
    ],
  ];
  for (const [name, help, read] of gauges)
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
}

/** Registers what the deliveries of notifications are doing: of this process, and of the whole database. */
function registerDeliveries(
  { deliveryTally, systemReads }: Services,
  registry: Registry,
): void {
  const registers = [registry];
  new Counter({
    name: 'neighborshare_deliveries_total',
    help: 'Pushes and mails of notifications by outcome.',
    labelNames: ['channel', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const [channel, outcomes] of Object.entries(deliveryTally))
        for (const [outcome, count] of Object.entries(outcomes))
          this.inc({ channel, outcome }, count);
    },
  });
  const oldest = new Gauge({
    name: 'neighborshare_deliveries_oldest_seconds',
    help: 'Age of the oldest push or mail that waits.',
    labelNames: ['channel'],
    registers,
  });
  new Gauge({
    name: 'neighborshare_deliveries_waiting',
    help: 'Pushes and mails that wait.',
    labelNames: ['channel'],
    registers,
    async collect() {
      this.reset();
      oldest.reset();
      for (const waiting of await readWaiting(systemReads)) {
        const { channel } = waiting;
        this.set({ channel }, waiting.count);
        oldest.set({ channel }, (Date.now() - waiting.oldest.getTime()) / 1000);
      }
    },
  });
}

function deprecatedUseCounter(
  registry: Registry,
): Metrics['countDeprecatedUses'] {
  const uses = new Counter({
    name: 'neighborshare_deprecated_uses_total',
    help: 'Operations that use a deprecated element of the schema, by client.',
    labelNames: ['element', 'client', 'version'],
    registers: [registry],
  });
  const known = new Set<string>();
  return ({ name, version }, elements) => {
    const key = `${name} ${version}`;
    if (known.size < MAX_CLIENTS) known.add(key);
    const labels = known.has(key)
      ? { client: name, version }
      : { client: 'other', version: 'other' };
    for (const element of elements) uses.inc({ element, ...labels });
  };
}

function jobCounter(registry: Registry): Metrics['countJob'] {
  const registers = [registry];
  const runs = new Counter({
    name: 'neighborshare_job_runs_total',
    help: 'Job runs by outcome.',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const lastSuccess = new Gauge({
    name: 'neighborshare_job_last_success_timestamp_seconds',
    help: 'Time of the last successful run of a job on this server.',
    labelNames: ['job'],
    registers,
  });
  return ({ job, error }) => {
    runs.inc({ job, outcome: error === null ? 'success' : 'failure' });
    if (error === null) lastSuccess.setToCurrentTime({ job });
  };
}
