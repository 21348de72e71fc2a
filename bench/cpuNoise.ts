import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { loadCore, serverCore } from './pinning';

const disturbing = 0.1;

/**
 * Measures for a second how busy other processes keep the cores.
 *
 * @returns one sentence
 */
export async function measureNoise(): Promise<string> {
  const before = cpus();
  await wait(1000);
  const after = cpus();
  const [server, load] = [serverCore, loadCore].map((core) =>
    busy(before[core]?.times, after[core]?.times),
  );
  const worst = Math.max(server ?? 0, load ?? 0);
  return (
    `Other programs keep core ${serverCore} ${percent(server)} and core ${loadCore} ${percent(load)} busy` +
    (worst > disturbing ? ': THESE NUMBERS ARE DISTURBED.' : '.')
  );
}

type Times = Record<'user' | 'nice' | 'sys' | 'idle' | 'irq', number>;

function busy(before?: Times, after?: Times): number {
  if (!before || !after) return 0;
  const idle = after.idle - before.idle;
  const all = sum(after) - sum(before);
  return all > 0 ? 1 - idle / all : 0;
}

function sum({ user, nice, sys, idle, irq }: Times): number {
  return user + nice + sys + idle + irq;
}

function percent(share = 0): string {
  return `${Math.round(share * 100)} %`;
}
