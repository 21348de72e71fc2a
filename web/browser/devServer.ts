import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './neighbor';
import { closeLater } from './open';

const ROOT = path.resolve(__dirname, '../..');

/** Files and folders that are not copied: the copy makes its own, or needs none. */
const LEFT_OUT = ['.git', '.env', 'coverage', 'data', 'dist', 'node_modules'];

/** Longest end of the processes, in milliseconds; one that takes longer goes on without npm. */
const END_TIMEOUT_MS = 60_000;

/** Longest generation of code, and restart of the server, in milliseconds, on a busy machine. */
export const RESTART_TIMEOUT_MS = 240_000;

/** `npm run dev` in a copy of the project, on free ports and with a database of its own. */
export type DevServer = {
  /** URL of the pages, without a trailing slash. */
  url: string;
  /** Replaces the first occurrence of a text in a file of the copy. Throws if there is none. */
  edit: (file: string, before: string, after: string) => Promise<void>;
  /** Waits until a file of the copy contains a text. */
  contains: (file: string, text: string) => Promise<void>;
  /** Waits until it has printed a text. */
  prints: (text: string) => Promise<void>;
};

/**
 * Starts `npm run dev` in a copy of the project. `closeAll` ends it.
 * @param options of the command, as `--mock`
 */
export async function startDevServer(...options: string[]): Promise<DevServer> {
  const folder = await copyProject();
  const child = spawn('npm', ['run', 'dev', '--', ...options], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      PORT: String(await freePort()),
      DATA_DIR: path.join(folder, 'data'),
      BCRYPT_COST: '4',
      // On a busy machine a password takes seconds, as its worker has the lowest priority.
      OPERATION_SECONDS: '120',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  closeLater(() => end(child));
  let output = '';
  const read = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', read);
  child.stderr.on('data', read);

  return {
    url: await started(child),
    prints: (text) =>
      eventually(() => output.includes(text), true, RESTART_TIMEOUT_MS),
    edit: async (file, before, after) => {
      const text = await readFile(path.join(folder, file), 'utf8');
      if (!text.includes(before))
        throw new Error(`${file} does not contain ${before}`);
      await writeFile(
        path.join(folder, file),
        text.replace(before, () => after),
      );
    },
    contains: (file, text) =>
      eventually(
        async () =>
          (await readFile(path.join(folder, file), 'utf8')).includes(text),
        true,
        RESTART_TIMEOUT_MS,
      ),
  };
}

/** Copies the project. Its packages are links, so that what Vite caches beside them is the copy's own. */
async function copyProject(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neighborshare-dev-'));
  closeLater(() => rm(folder, { recursive: true, force: true }));
  await cp(ROOT, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.includes(path.relative(ROOT, source)),
  });
  const packages = path.join(ROOT, 'node_modules');
  await mkdir(path.join(folder, 'node_modules'));
  for (const name of await readdir(packages))
    if (name !== '.vite')
      await symlink(
        path.join(packages, name),
        path.join(folder, 'node_modules', name),
      );
  return folder;
}

/** Finds a port that is free. Another process may take it before it is used, though hardly ever does. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until the API, the pages and the generator are there. Returns the URL of the pages. */
function started(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const [, url] = /Local: +(http:\S+)\/\n/.exec(output) ?? [];
      const isReady = ['NeighborShare is at', 'Watching for changes'].every(
        (text) => output.includes(text),
      );
      if (url != null && isReady) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', () => {
      reject(new Error(`npm run dev has ended:\n${output}`));
    });
  });
}

/**
 * Ends npm, and with it all that it has started, which shares its output.
 * @throws AbortError where a process goes on
 */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode != null || child.signalCode != null) return;
  const closed = once(child, 'close', {
    signal: AbortSignal.timeout(END_TIMEOUT_MS),
  });
  child.kill('SIGTERM');
  await closed;
}
