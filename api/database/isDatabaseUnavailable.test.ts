import type { EventEmitter } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { Database } from 'sqlite3';
import { buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { CreateRecipe, Me } from '../testing/operations';
import { lyingOnItsSide } from '../testing/pictures';
import { emptyDatabase } from '../testing/databases';
import { testApp, type Answer, type TestApi } from '../testing/testApp';
import { upload } from '../testing/upload';
import { openTcpProxy } from '../testing/tcpProxy';
import { isDatabaseUnavailable } from './isDatabaseUnavailable';
import { sql } from './sql';

/** Builds a neighborhood with a member who can create recipes. */
async function buildCook(api: TestApi) {
  const ana = await buildPerson(api, 'ana');
  const { id: neighborhoodId } = await buildNeighborhood(api, ana);
  const share = (instructions = 'Stir.') => {
    const input = { neighborhoodId, title: 'Soup', instructions };
    return api
      .as(ana)
      .run(CreateRecipe, { input: { ...input, minutesToComplete: 5 } });
  };
  const count = async () => {
    const [row] = await api.services.reads.all<{ count: number | string }>(
      sql`select count(*) as count from recipes`,
    );
    return Number(row?.count);
  };
  return { ana, share, count };
}

function expectUnavailable(answer: Answer<unknown>): void {
  expect([answer.status, answer.headers['retry-after'], answer.errors]).toEqual(
    [
      503,
      '1',
      [
        expect.objectContaining({
          message:
            'NeighborShare is temporarily unavailable: try again in a moment',
          extensions: { code: 'SERVICE_UNAVAILABLE' },
        }),
      ],
    ],
  );
}

const execute = (api: TestApi, sql: string) =>
  api.services.orm.em.getConnection().execute<Record<string, number>[]>(sql);

describe('a full disk', () => {
  it('a full disk refuses writes and allows reads, stores nothing partially, and needs no restart', async () => {
    const api = await testApp();
    const { ana, share, count } = await buildCook(api);
    await share();
    const [size] = await execute(api, 'pragma page_count');
    await execute(api, `pragma max_page_count = ${size?.page_count}`);

    // Fills the free space of the existing pages first.
    let answer = await share('Stir. '.repeat(1500));
    let stored = 1;
    while (answer.status === 200) {
      stored += 1;
      answer = await share('Stir. '.repeat(1500));
    }

    expectUnavailable(answer);
    expect(await count()).toBe(stored);
    expect((await api.as(ana).run(Me)).status).toBe(200);
    await execute(api, 'pragma max_page_count = 100000');
    expect((await share()).status).toBe(200);
    expect(await count()).toBe(stored + 1);
  });
});

describe('a locked database', () => {
  it('a write waits for a locked database as long as an operation may take', async () => {
    const api = await testApp({ operationSeconds: 7 });
    const rows = await api.services.orm.em
      .getConnection()
      .execute<{ timeout: number }[]>('pragma busy_timeout');
    expect(rows).toEqual([{ timeout: 7000 }]);
  });

  it('a database locked by another process refuses writes and allows reads until it is unlocked', async () => {
    const api = await testApp();
    const { ana, share, count } = await buildCook(api);
    await execute(api, 'pragma busy_timeout = 50');
    const other = new Database(
      path.join(api.config.dataDir, 'neighborshare.sqlite'),
    );
    const run = promisify<string, void>(other.exec.bind(other));
    await run('begin exclusive');

    const [write, picture, read] = await Promise.all([
      share(),
      upload(api, ana, await lyingOnItsSide()),
      api.as(ana).run(Me),
    ]);

    await run('rollback');
    await promisify(other.close.bind(other))();
    expectUnavailable(write);
    expect([picture.statusCode, picture.headers['retry-after']]).toEqual([
      503,
      '1',
    ]);
    expect(read.status).toBe(200);
    expect(await count()).toBe(0);
    expect((await share()).status).toBe(200);
  });
});

describe('unavailable PostgreSQL', () => {
  it('a PostgreSQL server that comes back is used again without a restart', async () => {
    const { databaseUrl } = await emptyDatabase('postgres');
    const proxy = await openTcpProxy(databaseUrl ?? '');
    const api = await testApp({ databaseUrl: proxy.url });
    const { ana, share, count } = await buildCook(api);

    await proxy.disconnect();
    const [read, write] = [await api.as(ana).run(Me), await share()];
    await proxy.reopen();

    expectUnavailable(read);
    expectUnavailable(write);
    expect((await share()).status).toBe(200);
    expect(await count()).toBe(1);
  });

  it('a PostgreSQL connection that is lost while in use is reported as unavailable', async () => {
    const { databaseUrl } = await emptyDatabase('postgres');
    const proxy = await openTcpProxy(databaseUrl ?? '');
    const api = await testApp({ databaseUrl: proxy.url });
    const knex = api.services.orm.em.getConnection().getKnex();
    const client = knex.client as {
      acquireConnection(): Promise<
        EventEmitter & { query(sql: string): Promise<unknown> }
      >;
      releaseConnection(connection: unknown): Promise<void>;
    };
    const inUse = await client.acquireConnection();

    inUse.on('error', () => undefined);
    const ended = new Promise((resolve) => inUse.on('end', resolve));
    await proxy.disconnect();
    await ended;
    const error: unknown = await inUse
      .query('select 1')
      .catch((e: unknown) => e);
    await client.releaseConnection(inUse);

    expect(isDatabaseUnavailable(error)).toBe(true);
  });
});
