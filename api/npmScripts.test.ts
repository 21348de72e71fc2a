import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_ROOT } from './config';
import { listening } from './testing/builtServer';
import { temporaryFolder } from './testing/cleanUp';

/** Server that does nothing, in place of the built one. */
const SERVER = `
const server = require('node:http').createServer().listen(0, '127.0.0.1', () =>
  console.log('at http://127.0.0.1:' + server.address().port + '/'));
process.on('SIGTERM', () => process.exit(0));
process.on('SIGINT', () => process.exit(0));
`;

/** Creates a project with our npm scripts and nothing else. @param scripts replaced scripts */
async function project(scripts: Record<string, string> = {}): Promise<string> {
  const folder = await temporaryFolder();
  const manifest = JSON.parse(
    await readFile(path.join(PROJECT_ROOT, 'package.json'), 'utf8'),
  ) as { scripts: Record<string, string> };
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ scripts: { ...manifest.scripts, ...scripts } }),
  );
  await cp(
    path.join(PROJECT_ROOT, 'build.mjs'),
    path.join(folder, 'build.mjs'),
  );
  return folder;
}

async function addServer(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'dist', 'api'), { recursive: true });
  await writeFile(path.join(folder, 'dist', 'api', 'main.js'), SERVER);
}

/** Pretends that packages are installed. */
async function install(folder: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    const place = path.join(folder, 'node_modules', name);
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, 'package.json'), '{}');
  }
}

const npm = (folder: string, ...args: string[]) =>
  spawn('npm', ['--silent', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs an npm script to its end. */
async function run(folder: string, script: string) {
  const child = npm(folder, 'run', script);
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { out, error, code };
}

/** Tells whether a port accepts connections. */
async function isOpen(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const outcome = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return outcome;
}

describe('npm scripts', () => {
  it('npm installs what is needed to run without generating code', async () => {
    expect(await run(await project(), 'prepare')).toEqual({
      out: '',
      error: '',
      code: 0,
    });
  });

  it('npm generates code after the installation of all packages', async () => {
    const folder = await project({ codegen: 'echo generated' });
    await install(folder, '@graphql-codegen/cli');

    expect((await run(folder, 'prepare')).out).toContain('generated');
  });

  it('npm start explains that a server without development packages must be built before', async () => {
    const { error, code } = await run(await project(), 'prestart');

    expect(error).toContain('not built');
    expect(code).toBe(1);
  });

  it('npm start builds once, and again only after a source has changed', async () => {
    const folder = await project({
      build: 'echo building && node build.mjs built',
    });
    await addServer(folder);
    await install(folder, 'vite', 'typescript');
    const schema = path.join(folder, 'schema.graphql');
    await writeFile(schema, 'type Query { me: ID }');
    const outputs: string[] = [];

    for (const isChanged of [false, false, true, false]) {
      const later = new Date(Date.now() + 1000);
      const earlier = new Date(Date.now() - 60_000);
      if (isChanged) await utimes(schema, later, later);
      outputs.push((await run(folder, 'prestart')).out.trim());
      // The build took place after the change.
      await utimes(schema, earlier, earlier);
    }

    expect(outputs).toEqual(['building', '', 'building', '']);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'npm start ends with the server and frees the port on %s',
    async (signal) => {
      const folder = await project();
      await addServer(folder);
      const child = npm(folder, 'start');
      const url = await listening(child);
      expect(await isOpen(url)).toBe(true);

      const end = once(child, 'exit');
      child.kill(signal);
      await end;

      expect(await isOpen(url)).toBe(false);
    },
  );
});
