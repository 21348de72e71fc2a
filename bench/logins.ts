import { login, loginBody } from './client';
import { compile } from './compile';
import { serverCore, spawnNode } from './pinning';
import type { LoadJob, LoadResult } from './load';
import { median } from './statistics';
import { headersOf } from './operations';
import type { Effort } from './options';
import type { Measured } from './reads';
import { summary } from './reads';
import { outputOf, runLoad } from './runLoad';
import type { Server } from './servers';
import { bcryptCost } from './setup';

/** Clients that keep logging in. */
const clients = 8;

/** Logins against bcrypt alone. */
export interface LoginComparison {
  api: Measured;
  /** Comparisons per second of bcrypt alone, on the same core. */
  bcryptRps: number;
  /** The median of the ratios of each round. */
  ratio: number;
}

/**
 * Measures logins through the API, and what bcrypt alone does, in turn.
 *
 * @throws if any login fails, be it only because the API is busy
 */
export async function compareLogin(
  api: Server,
  effort: Effort,
): Promise<LoginComparison> {
  const rounds: { alone: number; api: LoadResult }[] = [];
  for (let round = 0; round < effort.loginRounds; round += 1) {
    const alone = await bcryptAlone(effort.loginSeconds);
    const job = await loginJob(api, effort.loginSeconds);
    const result = await runLoad(job);
    await login(api, job.body);
    rounds.push({ alone, api: result });
  }
  return {
    api: summary(
      rounds.map((round) => round.api),
      api,
    ),
    bcryptRps: median(rounds.map((round) => round.alone)),
    ratio: median(rounds.map((round) => round.api.rps / round.alone)),
  };
}

/** Eight clients that log in again and again. */
export async function loginJob(api: Server, seconds: number): Promise<LoadJob> {
  return {
    url: `${api.url}/graphql`,
    body: await loginBody(api),
    headers: headersOf(),
    connections: clients,
    warmUpSeconds: 1,
    seconds,
    expected: { start: '{"data":{"login":{"accessToken":"' },
  };
}

async function bcryptAlone(seconds: number): Promise<number> {
  const args = [compile('bcryptAlone'), `${bcryptCost}`, `${seconds}`];
  return Number(await outputOf(spawnNode(serverCore, args)));
}
