import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { PROJECT_ROOT } from '../config';

/** Process of the built server. */
export type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Starts a built program of the API as its npm script does. The source would start too, but compiling
 * it takes longer than most tests.
 * @param program path below dist/api
 * @param env everything that it gets besides the path
 * @param args of the program
 * @throws where the API is not built
 */
export function spawnBuilt(
  program: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): ServerProcess {
  const file = path.join(PROJECT_ROOT, 'dist', 'api', program);
  if (!existsSync(file))
    throw new Error('Build the API first: npm run build:api');
  return spawn(process.execPath, [file, ...args], {
    cwd: PROJECT_ROOT,
    env: {
      PATH: process.env.PATH,
      // On a busy machine a password takes seconds, as its worker has a lower priority.
      OPERATION_SECONDS: '120',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits until a server listens. @returns its URL; @throws with its output if it ends before */
export async function listening(child: ServerProcess): Promise<string> {
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[^\s"]+/.exec(line)?.[0];
    if (!url) continue;
    // The rest is discarded, so that the pipe does not fill up.
    child.stdout.resume();
    return url;
  }
  throw new Error(
    `The server ended before it listened\n${Buffer.concat(errors).toString()}`,
  );
}
