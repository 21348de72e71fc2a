import { isDeepStrictEqual } from 'node:util';
import { post } from './client';
import type { LoadJob, LoadResult } from './load';
import { cpuOf, memoryOf } from './usage';
import { median } from './numbers';
import type { Operation, Read } from './operations';
import { bodyOf, headersOf } from './operations';
import type { Effort } from './options';
import { runLoad } from './runLoad';
import type { Server } from './servers';

/** Connections that ask at the same time. */
export const connections = 10;

/** What one server did under one kind of load. */
export interface Measured {
  rps: number;
  p50Ms: number;
  p99Ms: number;
  memoryMb: number;
  /** Milliseconds of a core per answer, where they were counted. */
  cpuMs?: number;
}

/** The API against the floor. */
export interface Comparison {
  api: Measured;
  floor: Measured;
  /** The median of the ratios of each round. */
  ratio: number;
  /** The same by CPU time, which others on the same core hardly touch. */
  cpuRatio: number;
}

/**
 * Measures a read at the floor and at the API in turn, so that whatever else the
 * machine does meets both.
 *
 * @throws if the two answer differently, or if any answer is not as expected
 */
export async function compareRead(
  read: Read,
  token: string,
  floor: Server,
  api: Server,
  effort: Effort,
): Promise<Comparison> {
  const floorJob = await jobFor(`${floor.url}/${read}`, read, token, effort);
  const apiJob = await jobFor(`${api.url}/graphql`, read, token, effort);
  checkSameData(floorJob.expected.body, apiJob.expected.body);
  await warmUp(floorJob, { ...effort, warmUpSeconds: 3 });
  await warmUp(apiJob, effort);
  const rounds: { floor: Round; api: Round }[] = [];
  for (let round = 0; round < effort.rounds; round += 1) {
    rounds.push({
      floor: await runRound(floorJob, floor),
      api: await runRound(apiJob, api),
    });
  }
  return {
    floor: summaryOf(
      rounds.map((round) => round.floor),
      floor,
    ),
    api: summaryOf(
      rounds.map((round) => round.api),
      api,
    ),
    ratio: median(rounds.map((round) => round.api.rps / round.floor.rps)),
    cpuRatio: median(
      rounds.map((round) => round.floor.cpuMs / round.api.cpuMs),
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
 * The load of one read, which expects the answer that the server gives now.
 *
 * @throws if that answer is not good
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

/** Gives V8 the time to compile what is to be measured. */
export async function warmUp(job: LoadJob, effort: Effort): Promise<void> {
  await runLoad({ ...job, seconds: effort.warmUpSeconds });
}

/** The medians over some rounds, and the memory after them. */
export function summary(results: LoadResult[], server: Server): Measured {
  return {
    rps: median(results.map(({ rps }) => rps)),
    p50Ms: median(results.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(results.map(({ p99Ms }) => p99Ms)),
    memoryMb: memoryOf(server.pid),
  };
}

function checkSameData(floor: string, api: string): void {
  const dataOf = (body: string) => (JSON.parse(body) as { data: unknown }).data;
  if (!isDeepStrictEqual(dataOf(floor), dataOf(api))) {
    throw new Error(
      `The floor and the API answer differently:\n${floor}\n${api}`,
    );
  }
}
