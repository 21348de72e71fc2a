import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { print } from 'graphql';
import { openSqliteReads } from './database/reads';
import {
  listening,
  spawnBuilt,
  type ServerProcess,
} from './testing/builtServer';
import { buildPerson } from './testing/buildPeople';
import { buildNeighborhood } from './testing/buildNeighborhoods';
import { CreateRecipe } from './testing/operations';
import { temporaryFolder } from './testing/cleanUp';
import { testApp } from './testing/testApp';
import { runs } from './testing/runs';
import { sql } from './database/sql';

const ROUNDS = runs(5, 20);
const WRITERS = 4;
const SECRET = '0123456789abcdefghijklmnopqrstuv';

let running: ServerProcess | undefined;

afterEach(() => running?.kill('SIGKILL'));

function start(dataDir: string): Promise<string> {
  running = spawnBuilt('main.js', {
    PORT: '0',
    DATA_DIR: dataDir,
    JWT_SECRET: SECRET,
  });
  return listening(running);
}

async function killed(): Promise<void> {
  if (!running) return;
  const exit = once(running, 'exit');
  running.kill('SIGKILL');
  await exit;
}

/** Builds a neighborhood with a member, by a server that is closed afterwards. */
async function buildStreet(dataDir: string) {
  const api = await testApp({ dataDir, jwtSecrets: [SECRET] });
  const ana = await buildPerson(api, 'ana');
  const { id } = await buildNeighborhood(api, ana);
  await api.close();
  return { neighborhoodId: id, token: ana.accessToken };
}

/** Creates recipes until the server stops responding, and records the acknowledged ones. */
async function shareUntilKilled(
  acknowledged: string[],
  url: string,
  { neighborhoodId, token }: Awaited<ReturnType<typeof buildStreet>>,
  name: string,
): Promise<void> {
  for (let number = 0; ; number++) {
    const title = `${name}.${number}`;
    const input = {
      neighborhoodId,
      title,
      instructions: 'Stir.',
      minutesToComplete: 5,
    };
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({
          query: print(CreateRecipe),
          variables: { input },
        }),
      });
      const answer = await response.text();
      if (!answer.includes(`"title":"${title}"`)) throw new Error(answer);
    } catch (error) {
      // fetch throws a TypeError when the server is gone; `instanceof` fails as Jest has classes of its own.
      if ((error as Error).name === 'TypeError') return;
      throw error;
    }
    acknowledged.push(title);
  }
}

test('a killed server keeps every write that it acknowledged', async () => {
  const dataDir = await temporaryFolder();
  const street = await buildStreet(dataDir);
  const acknowledged: string[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    const url = await start(dataDir);
    const writing = Array.from({ length: WRITERS }, (_, writer) =>
      shareUntilKilled(acknowledged, url, street, `${round}.${writer}`),
    );
    const before = acknowledged.length;
    // Each round kills the server at another moment.
    while (acknowledged.length <= before + round) await pause(5);
    await killed();
    await Promise.all(writing);
  }

  const reads = await openSqliteReads(
    path.join(dataDir, 'neighborshare.sqlite'),
    60,
  );
  const kept = await reads.all<{ title: string }>(
    sql`select title from recipes`,
  );
  expect(await reads.all(sql`pragma integrity_check`)).toEqual([
    { integrity_check: 'ok' },
  ]);
  expect(await reads.all(sql`pragma foreign_key_check`)).toEqual([]);
  await reads.close();
  expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS);
  expect(kept.map(({ title }) => title)).toEqual(
    expect.arrayContaining(acknowledged),
  );
});
