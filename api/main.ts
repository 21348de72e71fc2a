import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app';
import { explainStartupError } from './database/startupError';
import { ConfigurationError, loadConfig, readEnvironment } from './config';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** How long running requests may take after a signal to stop. */
const SHUTDOWN_TIMEOUT_MS = 20_000;
/** Under npm, Ctrl-C arrives twice within this time: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 1000;

/** Entry of the process: starts, listens, and shuts down gracefully on a signal. */
async function main(): Promise<void> {
  // The first process of a container ignores signals that nobody handles.
  for (const signal of STOP_SIGNALS) process.on(signal, stopStarting);
  const config = loadConfig(readEnvironment());
  const app = await createApp(config);
  for (const signal of STOP_SIGNALS) process.off(signal, stopStarting);
  stopOnSignal(app.close, config.drainSeconds * 1000 + SHUTDOWN_TIMEOUT_MS);
  await app.metrics?.listen({
    port: config.metricsPort ?? 0,
    host: config.metricsHost,
  });
  await app.http.listen({ port: config.port, host: config.host });
  const announce = (message: string, url: string) => {
    // In production standard output is the log, whose lines are JSON.
    if (config.production) app.http.log.info({ url }, message);
    else process.stdout.write(`${message} ${url}\n`);
  };
  announce('NeighborShare is at', `http://localhost:${portOf(app.http)}`);
  if (app.metrics)
    announce(
      'Its metrics are at',
      `http://localhost:${portOf(app.metrics)}/metrics`,
    );
}

const portOf = ({ server }: FastifyInstance) =>
  (server.address() as AddressInfo).port;

/** @param timeoutMs how long closing may take */
function stopOnSignal(close: () => Promise<void>, timeoutMs: number): void {
  let stopping: number | undefined;
  const stop = () => {
    if (stopping !== undefined) {
      // A second Ctrl-C stops at once.
      if (performance.now() - stopping > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stopping = performance.now();
    setTimeout(() => process.exit(1), timeoutMs).unref();
    close().then(() => process.exit(0), fail('did not shut down cleanly'));
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
}

/** Ends at once: nothing has been accepted that could get lost. */
const stopStarting = () => process.exit(0);

const fail = (message: string) => (error: unknown) => {
  process.stderr.write(
    `NeighborShare ${message}: ${explain(error as Error)}\n`,
  );
  process.exit(1);
};

/** Returns the message of an error that the operator can fix; otherwise the stack, as it is a bug. */
function explain(error: NodeJS.ErrnoException): string {
  const isOperational =
    error instanceof ConfigurationError ||
    ['EADDRINUSE', 'EACCES'].includes(error.code ?? '');
  if (isOperational) return error.message;
  return explainStartupError(error) ?? String(error.stack);
}

main().catch(fail('cannot start'));
