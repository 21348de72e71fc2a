import { mkdirSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './compile';
import type { Effort, Profiled } from './options';
import type { Share } from './profile';
import { summarize } from './profile';
import { jobFor, warmUp } from './reads';
import { runLoad } from './runLoad';
import type { BenchSetup } from './setup';

const MAX_ROWS = 25;

/**
 * Takes a CPU profile of the API under the load of one read, and prints the time by package, without
 * startup and warm-up.
 */
export async function profileApi(
  read: Profiled,
  setup: BenchSetup,
  effort: Effort,
): Promise<void> {
  const folder = join(root, 'dist', 'bench', 'profiles');
  mkdirSync(folder, { recursive: true });
  const api = await setup.startApi('--cpu-prof', `--cpu-prof-dir=${folder}`);
  const job = await jobFor(`${api.url}/graphql`, read, setup.token, effort);
  await warmUp(job, effort);
  const from = microseconds();
  const { rps } = await runLoad({ ...job, seconds: 2 * effort.seconds });
  const until = microseconds();
  await api.stop();
  const name = readdirSync(folder).find((one) => one.includes(`.${api.pid}.`));
  if (!name) throw new Error('The API stopped without writing a profile.');
  const file = join(folder, name);
  const { busy, packages, functions } = summarize(file, from, until);
  process.stdout.write(
    `${read}: ${Math.round(rps)} requests/s while profiled, the main thread busy ${percent(busy)}.\n` +
      table('package', packages) +
      table('function', functions) +
      `For Chrome's DevTools: ${relative(process.cwd(), file)}\n`,
  );
}

function microseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

function table(heading: string, shares: Share[]): string {
  const rows = shares
    .slice(0, MAX_ROWS)
    .map(
      ({ name, self, total }) => `${percent(self)} ${percent(total)}  ${name}`,
    );
  return `\n   self   total  ${heading}\n${rows.join('\n')}\n\n`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).padStart(5)} %`;
}
