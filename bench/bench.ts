import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { apiEntry } from './compile';
import { pinning } from './pinning';
import { measureGrowth } from './growth';
import { measureRoundTrips } from './loans';
import { compareLogin } from './logins';
import { measureNoise } from './cpuNoise';
import type { Options, Scenario } from './options';
import { readOptions } from './options';
import { profileApi } from './profileApi';
import { compareRead } from './reads';
import type { Results } from './report';
import { jsonOf, tableOf } from './report';
import { killServers } from './servers';
import type { BenchSetup } from './setup';
import { prepareSetup } from './setup';
import { measureStart } from './startup';
import { measureDuringLogins } from './duringLogins';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!existsSync(apiEntry)) {
    throw new Error('The API is not built: run `npm run build:api` first.');
  }
  say(`${pinning} Node ${process.versions.node}, ${cpus()[0]?.model ?? '?'}.`);
  say(await measureNoise());
  const setup = await prepareSetup();
  const clear = () => {
    killServers();
    setup.clear();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clear();
      process.exit(1);
    });
  }
  try {
    if (options.profile) {
      await profileApi(options.profile, setup, options.effort);
    } else {
      const results: Results = {};
      // Results so far are printed even if a later scenario fails.
      await measure(setup, options, results).finally(() => {
        say(`\n${tableOf(results)}\n`);
      });
      say(await measureNoise());
      if (options.json) say(jsonOf(results));
    }
  } finally {
    clear();
  }
}

async function measure(
  setup: BenchSetup,
  { only, effort }: Options,
  results: Results,
): Promise<void> {
  const { token } = setup;
  const wanted = (scenario: Scenario, seconds: number) => {
    if (!only.includes(scenario)) return false;
    say(`Measuring ${scenario}, about ${Math.round(seconds)} seconds ...`);
    return true;
  };
  const { rounds, seconds, loginRounds, loginSeconds, starts } = effort;
  const reading = 2 * rounds * (seconds + 1) + effort.warmUpSeconds + 3;
  const api = await setup.startApi();
  const baseline = await setup.startBaseline();
  if (wanted('me', reading)) {
    results.me = await compareRead('me', token, baseline, api, effort);
  }
  if (wanted('recipes', reading)) {
    results.recipes = await compareRead(
      'recipes',
      token,
      baseline,
      api,
      effort,
    );
  }
  await baseline.stop();
  const growing = reading + 2;
  if (wanted('items', growing)) {
    const pages = ['itemsOfFew', 'itemsOfMany'] as const;
    results.items = await measureGrowth(...pages, token, api, effort);
  }
  if (wanted('search', growing)) {
    const pages = ['laddersOfFew', 'laddersOfMany'] as const;
    results.search = await measureGrowth(...pages, token, api, effort);
  }
  if (wanted('tasks', growing)) {
    results.tasks = await measureGrowth('me', 'tasks', token, api, effort);
  }
  if (wanted('loans', rounds * seconds)) {
    results.loans = await measureRoundTrips(api, effort);
  }
  if (wanted('login', loginRounds * (2 * loginSeconds + 5))) {
    results.login = await compareLogin(api, effort);
  }
  if (wanted('storm', loginRounds * (2 * seconds + 6))) {
    results.storm = await measureDuringLogins(token, api, effort);
  }
  await api.stop();
  if (wanted('start', starts * 1.5)) {
    results.start = await measureStart(setup, effort);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
