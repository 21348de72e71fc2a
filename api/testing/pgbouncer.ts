import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { endsWithTest, temporaryFolder } from './cleanUp';
import { freePort, unprivilegedUser } from './postgres';

/** Debian puts it where only root's PATH leads. */
const PROGRAM = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
]
  .map((folder) => path.join(folder, 'pgbouncer'))
  .find((file) => existsSync(file));

/** Runs tests where PgBouncer is installed; elsewhere they are reported as skipped. */
export const describeWithPgBouncer = PROGRAM ? describe : describe.skip;

/**
 * Starts a PgBouncer in transaction mode, which ends with the test.
 * @param target address of the database
 * @param settings lines of its configuration
 * @returns the address of the database through it
 */
export async function startPgBouncer(
  target: string,
  settings: readonly string[] = [],
): Promise<string> {
  if (!PROGRAM) throw new Error('PgBouncer is not installed');
  const folder = await temporaryFolder();
  const url = new URL(target);
  const port = await freePort();
  const file = path.join(folder, 'pgbouncer.ini');
  await writeFile(
    path.join(folder, 'users.txt'),
    `"${url.username}" "${url.password}"\n`,
  );
  await writeFile(
    file,
    [
      '[databases]',
      `* = host=${url.hostname} port=${url.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${path.join(folder, 'users.txt')}`,
      'pool_mode = transaction',
      'default_pool_size = 4',
      'max_client_conn = 100',
      ...settings,
    ].join('\n'),
  );
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  if (user)
    for (const name of [folder, file, path.join(folder, 'users.txt')])
      await chown(name, user.uid, user.gid);
  const child = spawn(PROGRAM, [file], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  endsWithTest(async () => {
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), 2000).unref();
    await exit;
  });
  for await (const line of createInterface({ input: child.stderr }))
    if (line.includes('process up')) break;
  child.stderr.resume();
  url.host = `127.0.0.1:${port}`;
  return url.href;
}
