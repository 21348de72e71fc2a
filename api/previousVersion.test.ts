import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { PROJECT_ROOT } from './config';
import { migrations } from './database/migrations';
import { listening, type ServerProcess } from './testing/builtServer';
import { endsWithTest, temporaryFolder } from './testing/cleanUp';
import type { Location } from './database/orm';
import { DATABASES, migratedDatabase } from './testing/databases';
import { bearer, JSON_TYPE, operation, post } from './testing/http';
import { runs } from './testing/runs';

const DAY_MS = 86_400_000;

/** Takes minutes, and needs the history of the repository. */
const previous = runs(0, 1) > 0 ? findPrevious() : null;
const testEach = previous ? it.each : it.skip.each;

/** Finds the last commit before the day of the newest migration. @returns null without history */
function findPrevious(): string | null {
  const newest = migrations.postgres
    .map(({ name }) => name)
    .sort()
    .at(-1);
  const [, year, month, day] =
    /^Migration(\d{4})(\d\d)(\d\d)/.exec(newest ?? '') ?? [];
  try {
    const found = git(
      'log',
      '-1',
      '--format=%H',
      `--before=${year}-${month}-${day}T00:00:00Z`,
    );
    return found.toString().trim() || null;
  } catch {
    return null;
  }
}

function git(...args: string[]): Buffer {
  return execFileSync('git', args, {
    cwd: PROJECT_ROOT,
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Writes the sources of a commit into a folder, with what is generated out of them. */
async function checkOut(commit: string): Promise<string> {
  const folder = await temporaryFolder();
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', commit) });
  await symlink(
    path.join(PROJECT_ROOT, 'node_modules'),
    path.join(folder, 'node_modules'),
  );
  execFileSync('npm', ['run', 'codegen'], { cwd: folder, stdio: 'ignore' });
  return folder;
}

/** Runs a program of the API from its sources. */
function run(
  folder: string,
  program: string,
  { dataDir, databaseUrl }: Location,
): ServerProcess {
  return spawn(process.execPath, ['--import', 'tsx', `api/${program}`], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATA_DIR: dataDir,
      BCRYPT_COST: '4',
      OPERATION_SECONDS: '120',
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Sends operations of one person, each of which has to succeed. */
function createCaller(url: string, headers: Record<string, string> = {}) {
  return async (document: string, variables?: object) => {
    const answer = await post(url, operation(document, variables), {
      ...JSON_TYPE,
      ...headers,
    });
    const body = (await answer.json()) as { data: unknown; errors?: unknown };
    expect([document, body.errors]).toEqual([document, undefined]);
    // Every payload is asked for its errors, of which there must be none.
    expect(JSON.stringify(body.data)).not.toContain('"errors":[{');
    return {
      data: body.data as Record<string, Record<string, never>>,
      cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
    };
  };
}

const ERRORS = 'errors { message }';

async function signUp(url: string, username: string) {
  const { data, cookie } = await createCaller(url)(
    `mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken ${ERRORS} } }`,
    { input: { username, password: 'a quiet street', name: username } },
  );
  const call = createCaller(url, bearer(data.signUp as never));
  return {
    call,
    cookie,
    /** Runs a mutation with an input. @returns the id of what it has made or changed */
    async change(name: string, input: object, subject: string) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const { data } = await call(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${subject} { id } ${ERRORS} } }`,
        { input },
      );
      return (data[name]?.[subject] as { id: string } | undefined)?.id ?? '';
    },
  };
}

const dayFromNow = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('the previous version', () => {
  testEach(DATABASES)(
    'the previous version serves on %s with the tables of this one',
    async (database) => {
      const folder = await checkOut(String(previous));
      const location = await migratedDatabase(database);
      const seed = run(folder, 'seed/seed.ts', location);
      expect(await once(seed, 'exit')).toEqual([0, null]);
      const server = run(folder, 'main.ts', location);
      endsWithTest(async () => {
        const exit = once(server, 'exit');
        if (server.kill('SIGKILL')) await exit;
      });
      const url = await listening(server);

      const owner = await signUp(url, 'olive');
      const borrower = await signUp(url, 'bert');
      const neighborhoodId = await owner.change(
        'createNeighborhood',
        { name: 'New Street', timeZone: 'UTC', joinPolicy: 'OPEN' },
        'neighborhood',
      );
      await borrower.change(
        'joinNeighborhood',
        { neighborhoodId },
        'membership',
      );
      const itemId = await owner.change(
        'createItem',
        {
          neighborhoodId,
          title: 'Drill',
          category: 'TOOLS',
          maxLoanDays: 7,
          bufferDays: 1,
        },
        'item',
      );
      const loanId = await borrower.change(
        'requestLoan',
        { itemId, startDate: dayFromNow(0), dueDate: dayFromNow(2) },
        'loan',
      );
      for (const name of ['approveLoan', 'handOverLoan'])
        await owner.change(name, { loanId }, 'loan');
      await borrower.change(
        'sendMessage',
        { loanId, body: 'Thanks!' },
        'message',
      );
      await borrower.change('claimReturn', { loanId }, 'loan');
      await owner.change('confirmReturn', { loanId }, 'loan');
      const lists = await owner.call(
        `query ($id: ID!) {
          items(neighborhoodId: $id) { edges { node { title } } }
          neighborhood(id: $id) { memberCount members { edges { node { user { username } } } } }
          myNotifications { edges { node { id } } }
          myLoans { edges { node { status } } }
          myTasks { __typename }
        }`,
        { id: neighborhoodId },
      );
      const renewed = await createCaller(url, { cookie: borrower.cookie })(
        'mutation { renewSession { accessToken } }',
      );
      await borrower.call('mutation { logout { loggedOut } }');
      const late = await post(url, operation('{ me { id } }'), {
        ...JSON_TYPE,
        ...bearer(renewed.data.renewSession as never),
      });
      const exit = once(server, 'exit');
      server.kill('SIGTERM');

      expect(lists.data).toMatchObject({
        items: { edges: [{ node: { title: 'Drill' } }] },
        neighborhood: { memberCount: 2 },
        myLoans: { edges: [{ node: { status: 'RETURNED' } }] },
      });
      expect(lists.data.myNotifications?.edges).not.toEqual([]);
      expect(late.status).toBe(401);
      expect(await exit).toEqual([0, null]);
    },
    900_000,
  );
});
