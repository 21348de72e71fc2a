import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import {
  listening,
  spawnBuilt,
  type ServerProcess,
} from './testing/builtServer';
import { endsWithTest, temporaryFolder } from './testing/cleanUp';

type Server = { child: ServerProcess; url: string };

const spawnServer = (dataDir: string, env: NodeJS.ProcessEnv = {}) =>
  spawnBuilt('main.js', {
    PORT: '0',
    DATA_DIR: dataDir,
    BCRYPT_COST: '10',
    ...env,
  });

async function start(
  dataDir: string,
  env?: NodeJS.ProcessEnv,
): Promise<Server> {
  const child = spawnServer(dataDir, env);
  return { child, url: await listening(child) };
}

async function stop(
  { child }: Pick<Server, 'child'>,
  signal: NodeJS.Signals,
): Promise<number | null> {
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}

const post = (url: string, query: string) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

const signUp = (username: string) =>
  `mutation { signUp(input: {username: "${username}", password: "a quiet street", name: "x"}) { user { id } } }`;

describe('the server', () => {
  it('the server creates its secret on the first start, readable by its owner only, and keeps it', async () => {
    const dataDir = await temporaryFolder();
    const file = path.join(dataDir, 'jwt-secret');

    await stop(await start(dataDir), 'SIGTERM');
    const secret = readFileSync(file, 'utf8');
    await stop(await start(dataDir), 'SIGTERM');

    const mode = (name: string) =>
      statSync(path.join(dataDir, name)).mode & 0o777;
    expect(mode('jwt-secret')).toBe(0o600);
    expect(mode('neighborshare.sqlite')).toBe(0o600);
    expect(secret).toMatch(/^[\da-f]{64}$/);
    expect(readFileSync(file, 'utf8')).toBe(secret);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'the server finishes running requests on %s, and keeps their results',
    async (signal) => {
      const dataDir = await temporaryFolder();
      const server = await start(dataDir);
      const underWay = [
        post(server.url, signUp('ana')),
        post(server.url, signUp('ben')),
      ];
      // The server has accepted both before the signal, as it answers the third request after them.
      await post(server.url, '{ me { id } }');

      const code = await stop(server, signal);

      const answers = await Promise.all(underWay);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(code).toBe(0);
      const again = await start(dataDir);
      const taken = await post(
        again.url,
        'mutation { signUp(input: {username: "ben", password: "a quiet street", name: "x"}) { errors { code } } }',
      );
      expect(await taken.json()).toMatchObject({
        data: { signUp: { errors: [{ code: 'TAKEN' }] } },
      });
      await stop(again, 'SIGTERM');
    },
  );

  it('the server stops at once on SIGTERM while it waits for its database', async () => {
    const silent = createServer((socket) => socket.resume());
    silent.listen(0, '127.0.0.1');
    endsWithTest(async () => {
      silent.close();
      await once(silent, 'close');
    });
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const child = spawnServer(await temporaryFolder(), {
      DATABASE_URL: `postgres://neighbor@127.0.0.1:${port}/postgres`,
    });
    await once(silent, 'connection');

    expect(await stop({ child }, 'SIGTERM')).toBe(0);
  });

  it('the server reports that it is not ready after SIGTERM, and serves requests while it drains', async () => {
    const server = await start(await temporaryFolder(), { DRAIN_SECONDS: '1' });
    const ready = () => fetch(`${server.url}/health/ready`);
    expect((await ready()).status).toBe(200);

    const exit = stop(server, 'SIGTERM');
    while ((await ready()).status === 200) await pause(20);
    const answer = await post(server.url, '{ __typename }');

    expect(answer.status).toBe(200);
    expect(await exit).toBe(0);
  });

  it('the server flushes its log before it exits', async () => {
    const dataDir = await temporaryFolder();
    const child = spawnServer(dataDir, { LOG_LEVEL: 'info' });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const url = () => /is at (\S+)/.exec(output)?.[1];
    while (!url()) await pause(50);

    await post(String(url()), 'query Last { __typename }');
    const end = once(child, 'close');
    child.kill('SIGTERM');
    await end;

    const lines = output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({ operation: 'Last', status: 200 }),
    );
  });

  it('the log of a server in production consists of JSON lines', async () => {
    const child = spawnServer(await temporaryFolder(), {
      NODE_ENV: 'production',
      JWT_SECRET: '0123456789abcdefghijklmnopqrstuv',
      METRICS_PORT: '0',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    while (!output.includes('/metrics')) await pause(50);
    const end = once(child, 'close');
    child.kill('SIGTERM');
    await end;

    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['NeighborShare is at', 'Its metrics are at']),
    );
  });

  it.each([
    [
      'without a secret in production',
      { NODE_ENV: 'production' },
      'JWT_SECRET',
    ],
    ['with an invalid value', { PORT: 'a lot' }, 'PORT'],
  ])(
    'the server does not start %s, and explains it in one line',
    async (_, env, name) => {
      const child = spawnServer(await temporaryFolder(), env);

      const [output, [code]] = await Promise.all([
        text(child.stderr),
        once(child, 'exit') as Promise<[number]>,
      ]);

      expect(code).toBe(1);
      expect(output).toMatch(
        new RegExp(`^NeighborShare cannot start: ${name} .+\n$`),
      );
    },
  );
});
