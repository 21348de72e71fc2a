import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from './config';
import { buildLoan } from './testing/buildLoans';
import { buildNotification, PASSWORD } from './testing/buildPeople';
import { endsWithTest, temporaryFolder } from './testing/cleanUp';
import { inMinutes, itIs } from './testing/clock';
import { listen, until } from './testing/live';
import { buildLendingStreet } from './testing/loans';
import { ofKind } from './testing/pictures';
import { testApp, type TestApi } from './testing/testApp';

const PAGE = readFileSync(
  path.join(PROJECT_ROOT, 'docs', 'clients.md'),
  'utf8',
);

/** Returns a block of code below a heading of the page. */
function blockOf(heading: string, language: string): string {
  const [, section = ''] = PAGE.split(`\n## ${heading}\n`);
  const [, block] =
    new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'm').exec(section) ?? [];
  if (block === undefined) throw new Error(`${heading} has no ${language}`);
  return block;
}

/** Lets a server listen. @returns its URL */
async function serve(api: TestApi): Promise<string> {
  const url = new URL(await listen(api));
  return `http://${url.host}`;
}

/**
 * Ana has a task: to answer Ben, who has asked for her drill. It is early, so that the day of the request
 * is not over when a token has expired.
 */
async function buildWorld() {
  itIs(new Date('2026-06-01T08:00:00Z'));
  const world = await buildLendingStreet('sqlite');
  await buildLoan(world.api, world.drill, world.ben);
  return { ...world, server: await serve(world.api) };
}

/** Runs commands of the page. @throws with the error output where one fails */
async function runInShell(
  commands: string,
  { server, cwd, env }: { server: string; cwd: string; env?: object },
): Promise<string> {
  const here = commands
    .replaceAll('http://localhost:4000', server)
    .replaceAll('good neighbors', PASSWORD);
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-euo', 'pipefail', '-c', here],
    { cwd, env: { PATH: process.env.PATH, HOME: cwd, ...env } },
  );
  return stdout;
}

/** Describes what needs programs of the page. Where one is missing, as on Windows, it is not tested. */
const describeWith = (...programs: string[]) =>
  programs.every((program) => spawnSync(program, ['--version']).status === 0)
    ? describe
    : describe.skip;

describeWith(
  'bash',
  'curl',
  'jq',
)('in docs/clients.md', () => {
  it('curl reads tasks after a login', async () => {
    const { server } = await buildWorld();

    const output = await runInShell(blockOf('curl', 'sh'), {
      server,
      cwd: await temporaryFolder(),
    });

    expect(JSON.parse(output)).toEqual({
      me: { name: 'ana' },
      myTasks: [{ kind: 'ANSWER_REQUEST', loan: { item: { title: 'Drill' } } }],
    });
  });

  it('the answer without a token is as shown', async () => {
    const api = await testApp();

    const { body } = await api.anonymous.run('{ me { name } }');

    expect(JSON.parse(body)).toMatchObject(
      JSON.parse(blockOf('curl', 'json')) as object,
    );
  });

  it('the bot prints tasks, and ends its session', async () => {
    const { api, server, ana } = await buildWorld();
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, 'password'), `${PASSWORD}\n`);
    const bot = blockOf('A bot in a shell script', 'bash');
    const run = (NEIGHBORSHARE_USERNAME: string) =>
      runInShell(bot, {
        server,
        cwd,
        env: {
          NEIGHBORSHARE_URL: server,
          NEIGHBORSHARE_USERNAME,
          NEIGHBORSHARE_PASSWORD_FILE: 'password',
        },
      });

    expect(await run('ana')).toMatch(/^ANSWER_REQUEST\t\S+\tDrill\n$/);
    const { data } = await api
      .as(ana)
      .run<{ me: { sessions: unknown[] } }, object>(
        '{ me { sessions { id } } }',
      );
    // Only that of the test.
    expect(data.me.sessions).toHaveLength(1);
    await expect(run('nobody')).rejects.toThrow('INVALID_CREDENTIALS');
  });
});

/** Functions of docs/client/client.ts, whose types are generated where it is copied to. */
type Client = {
  logIn(input: { username: string; password: string }): Promise<void>;
  logOut(): Promise<void>;
  run(document: unknown): Promise<unknown>;
};

describeWith('bash', 'curl')('the typed client of docs/clients.md', () => {
  let parent: string;
  let folder: string;

  beforeAll(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'neighborshare-client-'));
    folder = path.join(parent, 'my-client');
    const api = await testApp();
    const commands = blockOf('A typed client in TypeScript', 'sh')
      .replace('neighborshare/docs', path.join(PROJECT_ROOT, 'docs'))
      // The same packages, without a network.
      .replace(
        'npm install',
        `ln -s ${path.join(PROJECT_ROOT, 'node_modules')} node_modules`,
      );
    await runInShell(commands, { server: await serve(api), cwd: parent });
  }, 120_000);

  afterAll(() => rm(parent, { recursive: true, force: true }));

  /** Starts the example. @returns its process and output */
  async function start(server: string) {
    await writeFile(path.join(folder, 'drill.png'), await ofKind('png'));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'main.ts', 'drill.png'],
      {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          NEIGHBORSHARE_URL: server,
          NEIGHBORSHARE_USERNAME: 'ana',
          NEIGHBORSHARE_PASSWORD: PASSWORD,
        },
      },
    );
    const ended = once(child, 'exit');
    endsWithTest(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    const shown = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (shown.text += chunk.toString()));
    return { child, ended, shown };
  }

  it('has fewer than 100 lines', () => {
    const text = readFileSync(path.join(folder, 'client.ts'), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThan(100);
  });

  it('has the packages with which it is tested', () => {
    const read = (file: string) =>
      JSON.parse(readFileSync(file, 'utf8')) as Record<
        'dependencies' | 'devDependencies',
        Record<string, string>
      >;
    const all = (file: string) => {
      const { dependencies, devDependencies } = read(file);
      return { ...dependencies, ...devDependencies };
    };
    const versionOf = (range = '') => range.replace('^', '');
    const ours = all(path.join(PROJECT_ROOT, 'package.json'));

    for (const [name, range] of Object.entries(
      all(path.join(folder, 'package.json')),
    ))
      expect([name, versionOf(range)]).toEqual([name, versionOf(ours[name])]);
  });

  it('shows tasks, uploads a photo, and receives notifications also after its token has expired', async () => {
    const { api, server, ana } = await buildWorld();
    const { child, ended, shown } = await start(server);
    const notifyUntil = (text: string) =>
      until(async () => {
        if ((child.exitCode ?? child.signalCode) !== null)
          throw new Error(shown.text);
        if (shown.text.includes(text)) return true;
        await buildNotification(api, ana);
        await pause(300);
        return false;
      });

    await notifyUntil('Notification: STEWARD_MADE');
    expect(shown.text).toMatch(
      /^Open tasks of ana: 1\n- ANSWER_REQUEST Drill\nUploaded the photo \S+: \S+\nNot/,
    );

    itIs(inMinutes(120));
    shown.text = '';
    await notifyUntil('Notification: STEWARD_MADE\nOpen tasks of ana: 1');

    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(shown.text).toMatch(/Logged out\n$/);
  }, 120_000);

  it('renews a token while it is used, and an expired one by its cookie', async () => {
    const { server } = await buildWorld();
    const fetching = jest.spyOn(globalThis, 'fetch');
    const { connect } = (await import(path.join(folder, 'client.ts'))) as {
      connect: (url: string) => Client;
    };
    const { TasksDocument } = (await import(
      path.join(folder, 'generated', 'graphql.ts')
    )) as Record<string, unknown>;
    const client = connect(server);
    await client.logIn({ username: 'ana', password: PASSWORD });
    const readLater = async (minutes: number) => {
      fetching.mockClear();
      itIs(inMinutes(minutes));
      await client.run(TasksDocument);
      return fetching.mock.calls.length;
    };

    expect(await readLater(40)).toBe(1);
    // The token of the login has expired by now.
    expect(await readLater(40)).toBe(1);
    expect(await readLater(600)).toBe(2);

    await client.logOut();
    await expect(readLater(1)).rejects.toMatchObject({
      cause: [{ extensions: { reason: 'TOKEN_REVOKED' } }],
    });
    await expect(readLater(600)).rejects.toThrow('The session has ended');
  });
});
