import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app';
import { ConfigurationError, loadConfig, readEnvironment } from './config';

/** How long requests under way may take once we are told to stop, in milliseconds. */
const SHUTDOWN_TIMEOUT_MS = 20_000;
/** Run by npm, Ctrl-C arrives twice: from the terminal, and passed on by npm. In milliseconds. */
const SAME_SIGNAL_MS = 1000;

/** The only process entry: starts, listens, and stops in good order when it is told to. */
async function main(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const app = await createApp(config);
  stopOnSignal(app.close, config.drainSeconds * 1000 + SHUTDOWN_TIMEOUT_MS);
  await app.metrics?.listen({
    port: config.metricsPort ?? 0,
    host: config.metricsHost,
  });
  await app.http.listen({ port: config.port, host: config.host });
  process.stdout.write(
    `NeighborShare is at http://localhost:${portOf(app.http)}\n`,
  );
  if (app.metrics)
    process.stdout.write(
      `Its metrics are at http://localhost:${portOf(app.metrics)}/metrics\n`,
    );
}

const portOf = ({ server }: FastifyInstance) =>
  (server.address() as AddressInfo).port;

/** @param patience how long closing may take, in milliseconds */
function stopOnSignal(close: () => Promise<void>, patience: number): void {
  let stopping: number | undefined;
  const stop = () => {
    if (stopping !== undefined) {
      // Somebody who presses Ctrl-C again does not want to wait.
      if (performance.now() - stopping > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stopping = performance.now();
    setTimeout(() => process.exit(1), patience).unref();
    close().then(() => process.exit(0), fail('did not stop in good order'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

const fail = (what: string) => (error: unknown) => {
  process.stderr.write(`NeighborShare ${what}: ${explain(error as Error)}\n`);
  process.exit(1);
};

/** What whoever starts it can put right is one sentence; anything else is a bug, and shows where. */
function explain(error: NodeJS.ErrnoException): string {
  const isTheirs =
    error instanceof ConfigurationError ||
    ['EADDRINUSE', 'EACCES', 'ECONNREFUSED', 'ENOTFOUND'].includes(
      error.code ?? '',
    );
  return isTheirs ? error.message : String(error.stack);
}

main().catch(fail('cannot start'));
