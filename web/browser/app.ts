import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { closeLater } from './open';

/** Longest start of the app, in milliseconds; one that takes longer hangs. */
const START_TIMEOUT_MS = 120_000;

/** The built app, running on a free port with a database of its own. */
export type RunningApp = {
  /** URL without a trailing slash. */
  url: string;
  /** The directory with its database, its secret, and the mails that it sends. */
  data: string;
  /** Kills the process; its database stays. */
  kill: () => Promise<void>;
  /** Starts it again on the same port. */
  restart: () => Promise<void>;
  /** Suspends the process: it accepts connections and answers none. Not on Windows. */
  freeze: () => void;
  /** Resumes the process after `freeze`. */
  thaw: () => void;
  /** Sends one GraphQL operation from outside of any browser; throws on errors. */
  query: (
    query: string,
    variables?: object,
    accessToken?: string,
  ) => Promise<Record<string, unknown>>;
};

/**
 * Starts the built app as `npm start` does, with a fresh database. `closeAll` ends it.
 * @param settings environment variables besides those of tests
 */
export async function startApp(
  settings: NodeJS.ProcessEnv = {},
): Promise<RunningApp> {
  const data = await mkdtemp(join(tmpdir(), 'neighborshare-'));
  closeLater(() => rm(data, { recursive: true, force: true }));
  let { child, url } = await launch(data, '0', settings);
  const port = new URL(url).port;

  return {
    url,
    data,
    kill: () => kill(child),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    restart: async () => {
      ({ child, url } = await launch(data, port, settings));
    },
    query: async (query, variables, accessToken) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(accessToken != null && {
            authorization: `Bearer ${accessToken}`,
          }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const answer = (await response.json()) as {
        data?: Record<string, unknown>;
        errors?: unknown;
      };
      if (!answer.data || answer.errors != null)
        throw new Error(`${query}\n${JSON.stringify(answer, null, 2)}`);
      return answer.data;
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode != null || child.signalCode != null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function launch(
  data: string,
  port: string,
  settings: NodeJS.ProcessEnv,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['dist/api/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: port,
      DATA_DIR: data,
      DATABASE_URL: '',
      SMTP_URL: '',
      BCRYPT_COST: '4',
      // On a busy machine a password takes seconds, as its worker has the lowest priority.
      OPERATION_SECONDS: '120',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  closeLater(() => kill(child));
  const startTimeout = setTimeout(
    () => child.kill('SIGKILL'),
    START_TIMEOUT_MS,
  );
  const errorOutput: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errorOutput.push(chunk));

  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/[^\s"/]+/.exec(line) ?? [];
    if (url == null) continue;
    clearTimeout(startTimeout);
    // The rest of the output is discarded, so that the pipe does not fill up.
    child.stdout.resume();
    return { child, url };
  }
  clearTimeout(startTimeout);
  throw new Error(
    `The app did not start:\n${Buffer.concat(errorOutput).toString()}`,
  );
}
