import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  ConfigurationError,
  loadConfig,
  readEnvironment,
  type Config,
} from '../config';
import { backupsCheck } from './backups';
import { certificateCheck } from './certificate';
import { clockCheck } from './clock';
import { connectionsCheck } from './connections';
import { dataFolderCheck } from './dataFolder';
import { databaseCheck } from './database';
import { createDeployment, type Check, type Deployment } from './deployment';
import { diskCheck, temporaryCheck } from './disk';
import { broken, type Finding } from './finding';
import { machineCheck } from './machineLimits';
import { mailCheck, mailDomainCheck, testMailCheck } from './mail';
import { thisMachine, type Machine } from './machine';
import { migrationsCheck } from './migrations';
import { proxyCheck, uploadsCheck } from './proxy';
import { addressCheck, pagesCheck, redirectCheck } from './publicAddress';
import { formatFinding, formatSummary } from './report';
import { serverCheck } from './server';
import { settingsCheck } from './settings';
import { socketsCheck } from './sockets';

/** Longest duration of a check, which may wait for two answers, by the time for one. */
const MAX_PATIENCE_PER_CHECK = 2.5;

/** All checks, in the order in which they are printed. */
const CHECKS: readonly Check[] = [
  settingsCheck,
  dataFolderCheck,
  machineCheck,
  serverCheck,
  databaseCheck,
  migrationsCheck,
  connectionsCheck,
  diskCheck,
  temporaryCheck,
  backupsCheck,
  addressCheck,
  certificateCheck,
  redirectCheck,
  pagesCheck,
  proxyCheck,
  socketsCheck,
  uploadsCheck,
  clockCheck,
  mailCheck,
  mailDomainCheck,
];

/**
 * Runs all checks at the same time and prints what they found, in their order.
 * @param sendTo address to which a test mail is sent; null sends none
 * @returns all findings
 */
export async function examine(
  config: Config,
  {
    print,
    isColored = false,
    sendTo = null,
    machine = thisMachine,
    timeoutMs = machine.patienceMs * MAX_PATIENCE_PER_CHECK,
  }: {
    print: (text: string) => void;
    isColored?: boolean;
    sendTo?: string | null;
    machine?: Machine;
    /** Longest duration of a check. */
    timeoutMs?: number;
  },
): Promise<Finding[]> {
  const deployment = createDeployment(config, machine);
  const checks = sendTo === null ? CHECKS : [...CHECKS, testMailCheck(sendTo)];
  const running = checks.map((check) => ({
    title: check.title,
    done: runCheck(check, deployment, timeoutMs),
  }));
  const all: Finding[] = [];
  for (const { title, done } of running)
    for (const finding of await done) {
      print(formatFinding(title, finding, isColored));
      all.push(finding);
    }
  print(formatSummary(all));
  await deployment.close();
  return all;
}

/** Runs one check; a failure or a delay of its own is a finding as well. */
async function runCheck(
  { run }: Check,
  deployment: Deployment,
  timeoutMs: number,
): Promise<Finding[]> {
  const late = broken(
    `This check took longer than ${timeoutMs / 1000} seconds.`,
    'Something that the server needs hangs.',
    'Run the doctor again. If it repeats, restart what this check is about.',
  );
  try {
    return await Promise.race([
      Promise.resolve(run(deployment)),
      pause(timeoutMs, [late], { ref: false }),
    ]);
  } catch (error) {
    return [
      broken(
        `This check failed: ${withoutUrls((error as Error).message)}`,
        'The doctor does not know this fault.',
        'Read the log of the server. If all else is good, please report this line to the project.',
      ),
    ];
  }
}

/** Removes URLs, which may contain a password, and keeps the first line. */
const withoutUrls = (message: string) =>
  String(message.split('\n')[0]).replace(/\b\w+:\/\/\S+/g, '(URL)');

const USAGE =
  'Usage: npm run doctor [-- [--send-to you@example.org] [--patience seconds]]\n' +
  'Checks this deployment and prints what to do. Sends a mail only with --send-to.\n' +
  'Waits 8 seconds for an answer, or as long as --patience says.\n';

/** Reads the arguments; undefined where they are wrong. */
function optionsIn(
  args: string[],
): { sendTo: string | null; machine: Machine } | undefined {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args,
      options: { 'send-to': option, patience: option },
    });
    const { 'send-to': sendTo = null, patience } = values;
    if (sendTo !== null && !/^\S+@\S+$/.test(sendTo)) return undefined;
    if (patience === undefined) return { sendTo, machine: thisMachine };
    if (!/^[1-9]\d{0,2}$/.test(patience)) return undefined;
    const patienceMs = Number(patience) * 1000;
    return { sendTo, machine: { ...thisMachine, patienceMs } };
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const print = (text: string) => {
    process.stdout.write(text);
  };
  const { stdout, argv } = process;
  const isColored = stdout.isTTY && stdout.hasColors();
  const options = optionsIn(argv.slice(2));
  if (options === undefined) {
    process.stderr.write(USAGE);
    process.exit(2);
  }
  const config = readConfig();
  if ('state' in config) {
    print(formatFinding(settingsCheck.title, config, isColored));
    process.exit(1);
  }
  const findings = await examine(config, { print, isColored, ...options });
  const isBroken = findings.some(({ state }) => state === 'broken');
  // Connections of a check that took too long may still be open.
  process.exit(isBroken ? 1 : 0);
}

/** Reads the settings as the server does; a finding where it would not start with them. */
function readConfig(): Config | Finding {
  try {
    return loadConfig(readEnvironment());
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return broken(
      error.message,
      'The server does not start with these settings. Nothing else was checked.',
      'Correct them: docs/configuration.md explains each.',
    );
  }
}

if (require.main === module) void main();
