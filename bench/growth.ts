import type { LoadJob, LoadResult } from './load';
import { cpuOf } from './processUsage';
import { median } from './statistics';
import type { Operation } from './operations';
import type { Effort } from './options';
import type { Measured } from './reads';
import { jobFor, summary, warmUp } from './reads';
import { runLoad } from './runLoad';
import type { Server } from './servers';

/** Measurements of the same page out of few and out of many items. */
export interface Growth {
  few: Measured;
  many: Measured;
  /** Ratio of the CPU time of a page out of many to one out of few; median over the rounds. */
  cost: number;
}

type Round = LoadResult & { cpuMs: number };

/**
 * Measures the same page out of 1,000 and out of 100,000 items, in turn, on one API.
 *
 * @throws if any answer is not as expected
 */
export async function measureGrowth(
  few: Operation,
  many: Operation,
  token: string,
  api: Server,
  effort: Effort,
): Promise<Growth> {
  const url = `${api.url}/graphql`;
  const jobs = {
    few: await jobFor(url, few, token, effort),
    many: await jobFor(url, many, token, effort),
  };
  await warmUp(jobs.few, effort);
  await warmUp(jobs.many, { ...effort, warmUpSeconds: 2 });
  const run = async (job: LoadJob): Promise<Round> => {
    const before = cpuOf(api.pid);
    const result = await runLoad(job);
    return { ...result, cpuMs: (cpuOf(api.pid) - before) / result.answers };
  };
  const rounds: Record<'few' | 'many', Round>[] = [];
  for (let round = 0; round < effort.rounds; round += 1)
    rounds.push({ few: await run(jobs.few), many: await run(jobs.many) });
  const of = (name: 'few' | 'many') => {
    const results = rounds.map((round) => round[name]);
    const cpuMs = median(results.map((result) => result.cpuMs));
    return { ...summary(results, api), cpuMs };
  };
  return {
    few: of('few'),
    many: of('many'),
    cost: median(rounds.map((round) => round.many.cpuMs / round.few.cpuMs)),
  };
}
