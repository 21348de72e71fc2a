import { Client } from 'pg';
import { endsWithTest } from '../testing/cleanUp';
import { emptyDatabase } from '../testing/databases';
import { createLockBreaker } from './lockBreaker';

const statement = (id: number) =>
  `update counters set count = count + 1 where id = ${id}`;

/** Makes a table with two rows. @returns a function that opens connections, which wait half a second for a lock */
async function buildCounters() {
  const { databaseUrl } = await emptyDatabase('postgres');
  const open = async () => {
    const client = new Client({
      connectionString: databaseUrl ?? '',
      lock_timeout: 500,
    });
    await client.connect();
    endsWithTest(() => client.end());
    return client;
  };
  const owner = await open();
  await owner.query(
    'create table counters (id int primary key, count int); insert into counters values (1, 0), (2, 0)',
  );
  await owner.query('begin');
  return { open, owner };
}

/** Sends these statements at once, each over a connection of its own, past a breaker that hears of them. */
async function sendAll(open: () => Promise<Client>, statements: string[]) {
  const breaker = createLockBreaker(500);
  const send = async (text: string) => {
    const client = await open();
    await client.query(text).catch((error: unknown) => {
      breaker.failed(text, error);
    });
  };
  await Promise.all(statements.map(send));
  return breaker;
}

describe('the circuit breaker of locks', () => {
  it('many who wait for one row keep nobody from another row', async () => {
    const { open, owner } = await buildCounters();
    await owner.query(statement(1));

    const breaker = await sendAll(open, [1, 1, 1, 1].map(statement));

    expect(() => {
      breaker.check(statement(2));
    }).not.toThrow();
  });

  it('two who wait for a table in vain keep others from waiting', async () => {
    const { open, owner } = await buildCounters();
    await owner.query('lock table counters');

    const breaker = await sendAll(open, [1, 2].map(statement));

    expect(() => {
      breaker.check(statement(3));
    }).toThrow('a table that this statement needs is locked');
  });
});
