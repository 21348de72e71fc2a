import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { serverCore, spawnNode } from './pinning';

const startLimit = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const MAX_OUTPUT_CHARACTERS = 4_000;

/** A running server. */
export interface Server {
  /** Its origin, such as `http://127.0.0.1:4000`. */
  url: string;
  /** Its process id. */
  pid: number;
  /** Stops it, and waits for its exit. */
  stop: () => Promise<void>;
}

const running = new Set<ChildProcess>();

/**
 * Starts a Node program on the core of the servers, and waits until it prints its address.
 *
 * @throws with what it printed, if it ends or says nothing for half a minute
 */
export async function startServer(
  args: string[],
  env: Record<string, string>,
): Promise<Server> {
  const child = spawnNode(serverCore, args, env);
  running.add(child);
  child.once('exit', () => running.delete(child));
  const port = await listening(child, args);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: () => stop(child),
  };
}

/** Ends every server that is still running, without waiting. */
export function killServers(): void {
  for (const child of running) child.kill('SIGKILL');
}

function listening(child: ChildProcess, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`${args.join(' ')} ${why}. It printed:\n${output}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('did not say where it listens');
    }, startLimit);
    let ready = false;
    const read = (chunk: Buffer) => {
      if (ready) {
        process.stderr.write(withoutRequests(chunk.toString()));
        return;
      }
      output = (output + chunk.toString()).slice(-MAX_OUTPUT_CHARACTERS);
      const port = /http:\/\/[\w.[\]:-]*?:(\d+)/.exec(output)?.[1];
      if (!port) return;
      ready = true;
      clearTimeout(timer);
      resolve(port);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`could not start: ${error.message}`));
    child.once('exit', (code) => fail(`ended at once with ${code}`));
  });
}

/** Removes the lines of successful requests from the log. */
const withoutRequests = (log: string) =>
  log
    .split('\n')
    .filter(
      (line) => !/"level":30|^(NeighborShare is|Its metrics are) at/.test(line),
    )
    .join('\n');

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  child.kill('SIGTERM');
  await exit;
  clearTimeout(timer);
}
