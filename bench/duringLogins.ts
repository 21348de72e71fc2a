import { setTimeout as wait } from 'node:timers/promises';
import { login } from './client';
import type { LoadResult } from './load';
import { loginJob } from './logins';
import { median } from './statistics';
import type { Effort } from './options';
import type { Measured } from './reads';
import { jobFor, summary, warmUp } from './reads';
import { runLoad } from './runLoad';
import type { Server } from './servers';

const connections = 4;

/** Seconds from the first login to the first `me` beside it. */
const LOGIN_HEAD_START_SECONDS = 1.5;

/** `me` while others keep logging in, against `me` without them. */
export interface LoadDuringLogins {
  withoutLogins: Measured;
  storm: Measured;
  /** Successful logins per second meanwhile. */
  loginRps: number;
  /** Share of its rate that `me` keeps; median over the rounds. */
  kept: number;
  /** Factor by which its p99 grows; median over the rounds. */
  p99Times: number;
}

/**
 * Measures `me` at four connections without and with eight clients that keep
 * logging in, in turn.
 *
 * @throws if any answer is not as expected
 */
export async function measureDuringLogins(
  token: string,
  api: Server,
  effort: Effort,
): Promise<LoadDuringLogins> {
  const url = `${api.url}/graphql`;
  const job = { ...(await jobFor(url, 'me', token, effort)), connections };
  await warmUp(job, effort);
  const rounds: {
    withoutLogins: LoadResult;
    storm: LoadResult;
    logins: LoadResult;
  }[] = [];
  for (let round = 0; round < effort.loginRounds; round += 1) {
    const withoutLogins = await runLoad(job);
    const loginLoad = await loginJob(
      api,
      effort.seconds + LOGIN_HEAD_START_SECONDS,
    );
    const [logins, storm] = await Promise.all([
      runLoad(loginLoad),
      wait(LOGIN_HEAD_START_SECONDS * 1000).then(() => runLoad(job)),
    ]);
    // The queue is empty after this login, as logins are answered in order.
    await login(api, loginLoad.body);
    rounds.push({ withoutLogins, storm, logins });
  }
  return {
    withoutLogins: summary(
      rounds.map((round) => round.withoutLogins),
      api,
    ),
    storm: summary(
      rounds.map((round) => round.storm),
      api,
    ),
    loginRps: median(rounds.map((round) => round.logins.rps)),
    kept: median(
      rounds.map((round) => round.storm.rps / round.withoutLogins.rps),
    ),
    p99Times: median(
      rounds.map((round) => round.storm.p99Ms / round.withoutLogins.p99Ms),
    ),
  };
}
