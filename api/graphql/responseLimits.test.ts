import { isDatabaseUnavailable } from '../database/isDatabaseUnavailable';
import { describeFailure } from './formatError';
import { Deadline, withDeadline } from '../limits/deadline';
import { buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { CreateRecipe, Me } from '../testing/operations';
import { temporaryFolder } from '../testing/cleanUp';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { raw, sql } from '../database/sql';

const ENDLESS = {
  sqlite:
    'with recursive n(n) as (select 1 union all select n + 1 from n) select max(n) as n from n',
  postgres: 'select pg_sleep(3600)::text as n',
};

/** Acquires the only connection that writes to SQLite. @returns a function that releases it */
async function takeConnection({ services: { orm } }: TestApi) {
  const { client } = orm.em.getConnection().getKnex() as unknown as {
    client: {
      acquireConnection(): Promise<unknown>;
      releaseConnection(connection: unknown): Promise<void>;
    };
  };
  const connection = await client.acquireConnection();
  return () => client.releaseConnection(connection);
}

describe.each(DATABASES)('an endless statement on %s', (database) => {
  it('an endless statement is cancelled by the database after the time limit', async () => {
    const api = await testApp({ database, operationSeconds: 1 });
    const ana = await buildPerson(api, 'ana');

    const error: unknown = await api.services.reads
      .all(raw(ENDLESS[database]))
      .catch((reason: unknown) => reason);

    expect(isDatabaseUnavailable(error)).toBe(true);
    // Not an outage, about which an operator would be alerted.
    expect(describeFailure(error)).toEqual({
      level: 'warn',
      message: 'a statement took too long',
    });
    expect((await api.as(ana).run(Me)).status).toBe(200);
  });
});

describe('the time limit of operations', () => {
  it('an operation that takes too long is answered with 503 and starts nothing more', async () => {
    const dataDir = await temporaryFolder();
    const api = await testApp({ dataDir, operationSeconds: 1 });
    const ana = await buildPerson(api, 'ana');
    const giveBack = await takeConnection(api);

    const answer = await api.as(ana).run(`
      mutation {
        first: updateProfile(input: { name: "First" }) {
          user {
            name
          }
        }
        second: updateProfile(input: { name: "Second" }) {
          user {
            name
          }
        }
      }
    `);

    // The deadline of the operation began slightly after that of the request, and must be over as well.
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + 1000);
    await giveBack();
    expect([
      answer.status,
      answer.headers['retry-after'],
      answer.errors,
    ]).toEqual([
      503,
      '1',
      [
        {
          message:
            'This took longer than 1 second and was cancelled: check whether it took effect before you try again',
          extensions: { code: 'SERVICE_UNAVAILABLE' },
        },
      ],
    ]);
    // Closing the server waits for the work that is still running.
    await api.close();
    const later = await testApp({ dataDir });
    const me = await later.as(ana).run(Me);
    expect(me.data.me.name).not.toBe('Second');
  });

  it('an operation past its deadline cannot read from the database', async () => {
    const api = await testApp();
    const reads = withDeadline(new Deadline(-1), api.services.reads);

    await expect(reads.all(sql`select 1`)).rejects.toThrow('cancelled');
  });
});

describe('the size of responses', () => {
  it('a response of more than 2 MB is not sent', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const { id: neighborhoodId } = await buildNeighborhood(api, ana);
    const input = {
      neighborhoodId,
      title: 'Soup',
      instructions: '🍲'.repeat(10_000),
      minutesToComplete: 5,
    };
    for (let recipe = 0; recipe < 50; recipe++)
      await api.as(ana).run(CreateRecipe, { input });
    const recipes = (first: number) =>
      api
        .as(ana)
        .run(
          `query ($id: ID!, $first: Int) { recipes(neighborhoodId: $id, first: $first) { edges { node { instructions } } } }`,
          { id: neighborhoodId, first },
        );

    const [large, largest] = [await recipes(49), await recipes(50)];

    expect(large.status).toBe(200);
    expect([largest.status, largest.errors]).toEqual([
      400,
      [
        {
          message:
            'The response would be larger than 2 MB: ask for less at once',
          extensions: { code: 'QUERY_TOO_COMPLEX' },
        },
      ],
    ]);
    expect(Buffer.byteLength(largest.body)).toBeLessThan(1000);
  });

  it('a response contains at most ten errors of an invalid operation', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const many = Array.from({ length: 40 }, (_, i) => `field${i}`);

    const unknown = await api.as(ana).run(`{ ${many.join(' ')} }`);
    const wrong = await api
      .as(ana)
      .run(
        `query (${many.map((name) => `$${name}: Int!`).join()}) { me { id } }`,
        {},
      );
    const coerced = await api
      .as(ana)
      .run(
        'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }',
        {
          input: Object.fromEntries(many.map((name) => [name, 1])),
        },
      );

    for (const { status, errors } of [unknown, wrong, coerced]) {
      expect(status).toBe(400);
      expect(errors).toHaveLength(10);
    }
  });
});
