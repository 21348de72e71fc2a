import { setTimeout as wait } from 'node:timers/promises';
import { post } from './client';
import { median } from './statistics';
import { bodyOf } from './operations';
import type { Effort } from './options';
import type { BenchSetup } from './setup';

const STARTUP_TIMEOUT_MS = 10_000;

/**
 * The seconds from starting the API with an existing database to its first good
 * answer to `me`; the median of several starts.
 */
export async function measureStart(
  setup: BenchSetup,
  effort: Effort,
): Promise<number> {
  const seconds: number[] = [];
  for (let start = 0; start < effort.starts; start += 1) {
    const began = performance.now();
    const api = await setup.startApi();
    await firstAnswer(`${api.url}/graphql`, setup.token).finally(() => {
      seconds.push((performance.now() - began) / 1000);
      return api.stop();
    });
  }
  return median(seconds);
}

async function firstAnswer(url: string, token: string): Promise<void> {
  const until = performance.now() + STARTUP_TIMEOUT_MS;
  while (performance.now() < until) {
    const { status } = await post(url, bodyOf('me'), token);
    if (status === 200) return;
    await wait(2);
  }
  throw new Error(`${url} gave no good answer in ${STARTUP_TIMEOUT_MS} ms.`);
}
