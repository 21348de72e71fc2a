import {
  execFile,
  spawn,
  type ChildProcess,
  type ChildProcessByStdio,
} from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../config';
import { endsWithTest } from './cleanUp';

const execute = promisify(execFile);

/** Runs a program to its end. @returns its output; @throws with it where the program fails */
const run = async (program: string, ...args: string[]): Promise<string> =>
  (await execute(program, args, { maxBuffer: 2 ** 28 })).stdout.trim();

/** Tells whether all of these programs are installed. */
const areInstalled = (...programs: string[]) =>
  programs.every((program) =>
    (process.env.PATH ?? '')
      .split(path.delimiter)
      .some((folder) => existsSync(path.join(folder, program))),
  );

/** Whether this machine can build an image and run it as containers do. */
export const canBuildImages =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  areInstalled('buildah', 'debootstrap', 'dpkg-deb', 'nsenter', 'unshare');

/** Packages of Debian that make up the image cc-debian13 of Distroless. */
const DISTROLESS =
  'base-files netbase tzdata media-types libc6 libssl3t64 libzstd1 zlib1g libgcc-s1 libgomp1 libstdc++6 gcc-14-base ca-certificates';

/** Calls buildah with a storage of its own. */
export type Buildah = (...args: string[]) => Promise<string>;

/** Configuration of an image for its containers. */
export type ImageConfig = {
  User: string;
  Env: string[];
  Cmd: string[];
  WorkingDir: string;
  Volumes: Record<string, unknown>;
  Healthcheck: { Test: string[] };
};

/**
 * Makes a storage for images that contains the two that our Dockerfile begins with, as no registry of
 * images is needed then: made of Debian's packages and of Node as npm has it. They are deleted after
 * the test.
 */
export async function baseImages(): Promise<Buildah> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neighborshare-image-'));
  endsWithTest(() => rm(folder, { recursive: true, force: true }));
  const buildah: Buildah = (...args) =>
    run(
      'buildah',
      ...['--root', path.join(folder, 'storage')],
      ...['--runroot', path.join(folder, 'run'), '--storage-driver', 'vfs'],
      ...args,
    );
  const debian = path.join(folder, 'debian');
  await run('debootstrap', '--variant=minbase', 'trixie', debian);
  await addImage(
    buildah,
    'gcr.io/distroless/cc-debian13:nonroot',
    await unpacked(debian, path.join(folder, 'distroless')),
  );
  await addNode(folder, debian);
  await addImage(buildah, 'docker.io/library/node:24-trixie-slim', debian);
  return buildah;
}

/** Unpacks the packages of Distroless. @returns the folder */
async function unpacked(debian: string, target: string): Promise<string> {
  const packages = path.join(debian, 'packages');
  await mkdir(packages);
  await run(
    ...['chroot', debian, 'sh', '-ec'],
    `cd /packages && apt-get download --quiet ${DISTROLESS}`,
  );
  await run(
    ...['sh', '-ec', 'for each in "$0"/*; do dpkg-deb -x "$each" "$1"; done'],
    ...[packages, target],
  );
  await rm(packages, { recursive: true });
  await mkdir(path.join(target, 'home', 'nonroot'), { recursive: true });
  for (const [file, line] of [
    ['passwd', 'nonroot:x:65532:65532::/home/nonroot:/sbin/nologin'],
    ['group', 'nonroot:x:65532:'],
  ] as const)
    await writeFile(path.join(target, 'etc', file), `${line}\n`);
  return target;
}

/** Adds Node, npm, and how this machine reaches the registry of npm. */
async function addNode(folder: string, debian: string): Promise<void> {
  const local = path.join(debian, 'usr', 'local');
  const name = `node-linux-${process.arch}`;
  await run('npm', 'install', '--prefix', folder, `${name}@24`, 'npm@11');
  const modules = path.join(folder, 'node_modules');
  for (const part of ['bin', 'include'])
    await cp(path.join(modules, name, part), path.join(local, part), {
      recursive: true,
    });
  await cp(path.join(modules, 'npm'), path.join(local, 'lib', 'npm'), {
    recursive: true,
  });
  await writeFile(
    path.join(local, 'bin', 'npm'),
    '#!/bin/sh\nexec node /usr/local/lib/npm/bin/npm-cli.js "$@"\n',
    { mode: 0o755 },
  );
  const authorities = '/etc/ssl/certs/ca-certificates.crt';
  await mkdir(path.dirname(debian + authorities), { recursive: true });
  await cp(authorities, debian + authorities);
  const registry = await run('npm', 'config', 'get', 'registry');
  // Node's headers are those of its package, so that none are downloaded.
  await appendFile(
    path.join(debian, 'root', '.npmrc'),
    `registry=${registry}\ncafile=${authorities}\nnodedir=/usr/local\n`,
  );
}

/** Makes an image of a folder. */
async function addImage(buildah: Buildah, name: string, folder: string) {
  const container = await buildah('from', 'scratch');
  await run('cp', '-a', `${folder}/.`, await buildah('mount', container));
  await buildah(
    'config',
    '--env',
    'PATH=/usr/local/bin:/usr/bin:/bin',
    container,
  );
  await buildah('commit', '--quiet', '--rm', container, name);
}

/** Builds our Dockerfile. @returns where the image is mounted, and what it says about processes */
export async function buildImage(
  buildah: Buildah,
): Promise<{ root: string; config: ImageConfig }> {
  await buildah(
    ...['build', '--isolation', 'chroot', '--network', 'host'],
    ...['--pull-never', '--format', 'docker', '--tag', 'neighborshare'],
    PROJECT_ROOT,
  );
  const { Docker } = JSON.parse(
    await buildah('inspect', '--type', 'image', 'neighborshare'),
  ) as { Docker: { config: ImageConfig } };
  const container = await buildah('from', '--pull-never', 'neighborshare');
  return { root: await buildah('mount', container), config: Docker.config };
}

/** Adds up the files of a folder, each once. @returns bytes */
export const sizeOf = async (folder: string): Promise<number> =>
  Number.parseInt(
    await run('du', '--summarize', '--bytes', '--one-file-system', folder),
    10,
  );

/** A container that runs. */
export type Container = {
  url: string;
  /** Runs a command in it, as `docker exec` does. */
  exec(...command: string[]): Promise<string>;
  /** Sends a signal to its first process. @returns its exit code */
  stop(signal: NodeJS.Signals): Promise<number | null>;
};

/** Mounts a root that cannot be written to, and starts a command in it as the first process. */
const START = `
root=$1 volume=$2 target=$3 user=$4 group=$5 folder=$6
shift 6
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount --bind "$volume" "$root$target"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount --rbind /dev "$root/dev"
exec unshare --pid --fork --mount-proc --root="$root" --wd="$folder" \\
  --setgid="$group" --setuid="$user" "$@"`;

/**
 * Starts an image as `docker run --read-only` does, and waits until it listens.
 * @param volume folder that keeps the data
 * @throws with its output where it ends before
 */
export async function startContainer(
  { root, config }: { root: string; config: ImageConfig },
  volume: string,
  variables: NodeJS.ProcessEnv,
): Promise<Container> {
  const port = await freePort();
  const [user = '', group = ''] = config.User.split(':');
  const [target = ''] = Object.keys(config.Volumes);
  // A new volume begins as the image has it.
  if (!existsSync(volume))
    await run('cp', '-a', path.join(root, target), volume);
  const env = {
    ...Object.fromEntries(config.Env.map((each) => each.split(/=(.*)/s))),
    ...variables,
    // Nothing but this machine reaches it.
    HOST: '127.0.0.1',
    PORT: String(port),
  } as NodeJS.ProcessEnv;
  const child = spawn(
    'unshare',
    [
      ...['--mount', '--propagation', 'private', 'sh', '-ec', START, 'sh'],
      ...[root, volume, target, user, group, config.WorkingDir, ...config.Cmd],
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  endsWithTest(async () => {
    if (child.exitCode !== null) return;
    process.kill(firstProcess(child) || Number(child.pid), 'SIGKILL');
    await once(child, 'exit');
  });
  const url = `http://localhost:${port}`;
  await answers(child, `${url}/health/live`);
  const pid = firstProcess(child);
  const entering = ['--target', String(pid), '--mount', '--pid', '--root'];
  const as = ['--wd', '--setuid', user, '--setgid', group];
  return {
    url,
    exec: async (...command) =>
      (await execute('nsenter', [...entering, ...as, ...command], { env }))
        .stdout,
    async stop(signal) {
      const exit = once(child, 'exit') as Promise<[number | null]>;
      process.kill(pid, signal);
      return (await exit)[0];
    },
  };
}

/** Waits until an address answers. @throws with the output of the process if it ends before */
async function answers(
  child: ChildProcessByStdio<null, Readable, Readable>,
  url: string,
): Promise<void> {
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk));
  while (!(await fetch(url).catch(() => null))?.ok) {
    if (child.exitCode !== null)
      throw new Error(`It ended at once:\n${Buffer.concat(output).toString()}`);
    await pause(100);
  }
}

/** Returns the number by which this machine knows the first process of a container; 0 before it starts. */
const firstProcess = ({ pid }: ChildProcess) =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));

/** Finds a port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
