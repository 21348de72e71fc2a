import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { compile } from './compile';
import { loadCore, spawnNode } from './pinning';
import type { LoadJob, LoadResult } from './load';

/** Above this share of its core the load, not the server, is the limit. */
const busiestLoad = 0.95;

/**
 * Runs a load in a process of its own, on the core of the load.
 *
 * @throws if any answer was not as expected
 */
export async function runLoad(job: LoadJob): Promise<LoadResult> {
  const child = spawnNode(loadCore, [compile('load'), JSON.stringify(job)]);
  const result = JSON.parse(await outputOf(child)) as LoadResult;
  if (result.failure) {
    throw new Error(`The load on ${job.url} failed: ${result.failure}`);
  }
  if (result.loadBusy > busiestLoad) {
    process.stdout.write(
      `  Mind: the load kept its core ${Math.round(result.loadBusy * 100)} % busy, so ${job.url} may be faster than measured.\n`,
    );
  }
  return result;
}

/**
 * Waits until a child process has ended.
 *
 * @returns what it printed
 * @throws with its error output if it failed
 */
export async function outputOf(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The child process has no output.');
  const [output, errorOutput] = await Promise.all([
    text(stdout),
    text(stderr),
    once(child, 'close'),
  ]);
  if (child.exitCode !== 0) throw new Error(errorOutput || output);
  return output;
}
