import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Core of the measured server. */
export const serverCore = 0;

/** Core of the load generator. */
export const loadCore = 1;

/** Whether processes can be pinned: requires `taskset` and two cores. */
const pinned =
  availableParallelism() > 1 &&
  [serverCore, loadCore].every(
    (core) => spawnSync('taskset', ['-c', `${core}`, 'true']).status === 0,
  );

/** Sentence about the assignment of processes to cores. */
export const pinning = pinned
  ? `Servers pinned to core ${serverCore}, the load to core ${loadCore}.`
  : 'NOT PINNED: there is no taskset here, or one core only. Server and load disturb each other, so take the numbers with care.';

/**
 * Starts Node on one core. `taskset` turns into the program that it starts, so
 * the process id is the program's own.
 */
export function spawnNode(
  core: number,
  args: string[],
  env: Record<string, string> = {},
): ChildProcess {
  const command = pinned
    ? ['taskset', '-c', `${core}`, process.execPath]
    : [process.execPath];
  const [file = process.execPath, ...before] = command;
  return spawn(file, [...before, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
