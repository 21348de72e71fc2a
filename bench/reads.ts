import { isDeepStrictEqual } from 'node:util';
import { post } from './client';
import type { LoadJob, LoadResult } from './load';
import { cpuOf, memoryOf } from './processUsage';
import { median } from './statistics';
import type { Operation, Read } from './operations';
import { bodyOf, headersOf } from './operations';
import type { Effort } from './options';
import { runLoad } from './runLoad';
import type { Server } from './servers';

/** Number of concurrent connections. */
const connections = 10;

/** Measurements of one server under one load. */
export interface Measured {
  rps: number;
  p50Ms: number;
  p99Ms: number;
  memoryMb: number;
  /** Milliseconds of a core per answer, where they were counted. */
  cpuMs?: number;
}

/** Comparison of the API with the baseline. */
export interface Comparison {
  api: Measured;
  baseline: Measured;
  /** The median of the ratios of each round. */
  ratio: number;
  /** The same by CPU time, which other programs on the core hardly affect. */
  cpuRatio: number;
}

/**
 * Measures a read at the baseline and the API alternately, so that other load on the machine affects
 * both.
 *
 * @throws if the two answer differently, or if any answer is not as expected
 */
export async function compareRead(
  read: Read,
  token: string,
  baseline: Server,
  api: Server,
  effort: Effort,
): Promise<Comparison> {
  const baselineJob = await jobFor(
    `${baseline.url}/${read}`,
    read,
    token,
    effort,
  );
  const apiJob = await jobFor(`${api.url}/graphql`, read, token, effort);
  checkSameData(baselineJob.expected.body, apiJob.expected.body);
  await warmUp(baselineJob, { ...effort, warmUpSeconds: 3 });
  await warmUp(apiJob, effort);
  const rounds: { baseline: Round; api: Round }[] = [];
  for (let round = 0; round < effort.rounds; round += 1) {
    rounds.push({
      baseline: await runRound(baselineJob, baseline),
      api: await runRound(apiJob, api),
    });
  }
  return {
    baseline: summaryOf(
      rounds.map((round) => round.baseline),
      baseline,
    ),
    api: summaryOf(
      rounds.map((round) => round.api),
      api,
    ),
    ratio: median(rounds.map((round) => round.api.rps / round.baseline.rps)),
    cpuRatio: median(
      rounds.map((round) => round.baseline.cpuMs / round.api.cpuMs),
    ),
  };
}

type Round = LoadResult & { cpuMs: number };

async function runRound(job: LoadJob, server: Server): Promise<Round> {
  const before = cpuOf(server.pid);
  const result = await runLoad(job);
  const cpuMs = (cpuOf(server.pid) - before) / result.answers;
  return { ...result, cpuMs };
}

function summaryOf(rounds: Round[], server: Server): Measured {
  const cpuMs = median(rounds.map((round) => round.cpuMs));
  return { ...summary(rounds, server), cpuMs };
}

/**
 * Creates the load of one read, which expects the current response of the server.
 *
 * @throws if that response is an error
 */
export async function jobFor(
  url: string,
  read: Operation,
  token: string,
  effort: Effort,
): Promise<LoadJob & { expected: { body: string } }> {
  const body = bodyOf(read);
  const answer = await post(url, body, token);
  if (answer.status !== 200 || answer.body.includes('"errors"')) {
    throw new Error(`${url} answered ${answer.status}: ${answer.body}`);
  }
  return {
    url,
    body,
    headers: headersOf(token),
    connections,
    warmUpSeconds: 0.5,
    seconds: effort.seconds,
    expected: { body: answer.body },
  };
}

/** Runs the load before it is measured, so that V8 compiles the code. */
export async function warmUp(job: LoadJob, effort: Effort): Promise<void> {
  await runLoad({ ...job, seconds: effort.warmUpSeconds });
}

/** Summarizes rounds by their medians, with the memory after them. */
export function summary(results: LoadResult[], server: Server): Measured {
  return {
    rps: median(results.map(({ rps }) => rps)),
    p50Ms: median(results.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(results.map(({ p99Ms }) => p99Ms)),
    memoryMb: memoryOf(server.pid),
  };
}

function checkSameData(baseline: string, api: string): void {
  const dataOf = (body: string) => (JSON.parse(body) as { data: unknown }).data;
  if (!isDeepStrictEqual(dataOf(baseline), dataOf(api))) {
    throw new Error(
      `The baseline and the API answer differently:\n${baseline}\n${api}`,
    );
  }
}
