import type { Config } from '../config';
import { parse } from './ask';
import type { Check, Deployment } from './deployment';
import { broken, look, orGood, skipped, type Finding } from './finding';
import { see } from './proxy';

/** Checks whether the server runs on this machine, is ready, and is the installed version. */
export const serverCheck: Check = {
  title: 'Server',
  async run(deployment) {
    const { config, ask } = deployment;
    if (config.port === 0)
      return [skipped('PORT is 0, so it may be anywhere.')];
    const answer = await ask(new URL('/health/ready', originOf(config))).catch(
      (error: unknown) => error as NodeJS.ErrnoException,
    );
    if (!('status' in answer)) return [down(config, answer.code)];
    const ready = parse(answer.body) as Readiness | null;
    if (ready?.status !== 'ready' && !ready?.obstacles)
      return [otherProgram(config)];
    return orGood(
      [
        ...(ready.obstacles ?? []).map(notReady),
        await versionFault(deployment),
      ],
      `runs on port ${config.port} and is ready`,
    );
  },
};

type Readiness = { status: string; obstacles?: string[] };

/** Address of the server on this machine, past the proxy. */
function originOf({ host, port }: Config): string {
  const local = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${local.includes(':') ? `[${local}]` : local}:${port}`;
}

const down = ({ port }: Config, code: string | undefined) =>
  broken(
    code === 'ECONNREFUSED'
      ? `No server runs on port ${port} of this machine.`
      : `The server on port ${port} of this machine does not answer (${code}).`,
    'Neighbors cannot open the app, unless it runs on another machine or in another container.',
    'Start it: systemctl restart neighborshare. If it does not stay, its log tells why: journalctl -u neighborshare -n 50. For containers: docker compose up -d, docker compose logs.',
  );

const otherProgram = ({ port }: Config) =>
  broken(
    `Another program listens on port ${port}.`,
    'The server cannot start there.',
    'Find it with: ss -ltnp. Stop it, or set another PORT.',
  );

const OBSTACLES: Record<string, [text: string, advice: string]> = {
  database: [
    'The server cannot use the database.',
    'See the line "Database" of this report. If that is good, restart the server.',
  ],
  logins: [
    'The server cannot read ended sessions, and accepts no login.',
    'See the line "Database" of this report. If that is good, restart the server.',
  ],
  stopping: [
    'The server is stopping.',
    'Wait a minute. If it does not come back, start it: systemctl start neighborshare.',
  ],
};

function notReady(obstacle: string): Finding {
  const [text, advice] = OBSTACLES[obstacle] ?? [
    `The server is not ready: ${obstacle}.`,
    'Read its log.',
  ];
  return broken(text, 'Visitors see errors.', advice);
}

async function versionFault(deployment: Deployment): Promise<Finding | null> {
  const { config, pass, machine } = deployment;
  const authorization = await pass();
  if (!authorization) return null;
  const seen = await see(deployment, originOf(config), authorization).catch(
    () => null,
  );
  if (!seen)
    return look(
      'The server does not know this doctor.',
      'It runs with another JWT_SECRET, or is older than the installed program.',
      'Run the doctor with the settings of the server. After an upgrade restart the server.',
    );
  return seen.startedAt < (await machine.programChangedAt())
    ? look(
        'The server runs an older version than the installed one.',
        'What the new version mends is not mended yet.',
        'Restart it: systemctl restart neighborshare',
      )
    : null;
}
