import { Client } from 'pg';
import { buildPerson } from '../testing/buildPeople';
import { endsWithTest } from '../testing/cleanUp';
import { emptyDatabase } from '../testing/databases';
import { Me } from '../testing/operations';
import { describeWithPgBouncer, startPgBouncer } from '../testing/pgbouncer';
import { testApp } from '../testing/testApp';
import { isDatabaseUnavailable } from './isDatabaseUnavailable';
import { sql } from './sql';

/** Opens a server whose database is behind a PgBouncer. */
async function openApi(settings?: readonly string[]) {
  const { databaseUrl } = await emptyDatabase('postgres');
  const api = await testApp({
    databaseUrl: await startPgBouncer(databaseUrl ?? '', settings),
    operationSeconds: 4,
    databasePool: 4,
  });
  return { api, databaseUrl: databaseUrl ?? '' };
}

const TIMEOUTS = sql`select name, setting from pg_settings where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`;

const LIMITS = [
  { name: 'idle_in_transaction_session_timeout', setting: '30000' },
  { name: 'lock_timeout', setting: '3000' },
  { name: 'statement_timeout', setting: '4000' },
];

describeWithPgBouncer('PgBouncer in transaction mode', () => {
  it.each([
    ['refuses parameters', []],
    [
      'ignores parameters',
      [
        'ignore_startup_parameters = statement_timeout,lock_timeout,idle_in_transaction_session_timeout',
      ],
    ],
  ])(
    'every statement has its limits where PgBouncer %s',
    async (_, settings) => {
      const { api } = await openApi(settings);
      const { orm, reads, systemReads } = api.services;

      for (const each of [reads, systemReads])
        expect(await each.all(TIMEOUTS)).toEqual(LIMITS);
      expect(
        await orm.em.fork().transactional((em) => em.execute(TIMEOUTS.sql)),
      ).toEqual(LIMITS);
      const error: unknown = await reads
        .all(sql`select pg_sleep(30)`)
        .catch((e: unknown) => e);
      expect(isDatabaseUnavailable(error)).toBe(true);
    },
  );

  it('limits reach no other program behind the same PgBouncer', async () => {
    const { api } = await openApi();
    const other = new Client(api.config.databaseUrl ?? '');
    await other.connect();
    endsWithTest(() => other.end());
    await Promise.all([1, 2, 3, 4].map(() => api.services.reads.all(TIMEOUTS)));

    const { rows } = await other.query<{ setting: string }>(TIMEOUTS.sql);

    expect(rows.map(({ setting }) => setting)).toEqual(['0', '0', '0']);
  });

  it('people sign up, ask for themselves and log out through PgBouncer', async () => {
    const { api } = await openApi();
    const usernames = ['ana', 'ben', 'cleo', 'dan', 'eve', 'fay'];
    const people = await Promise.all(
      usernames.map(async (username) => {
        const { data } = await api.anonymous.run<
          { signUp: { accessToken: string } },
          object
        >(
          `mutation { signUp(input: {username: "${username}", password: "a quiet street", name: "x"}) { accessToken } }`,
        );
        return api.as(data.signUp);
      }),
    );

    const names = await Promise.all(people.map((person) => person.run(Me)));
    const ends = await Promise.all(
      people.map((person) => person.run('mutation { logout { loggedOut } }')),
    );
    const late = await Promise.all(people.map((person) => person.run(Me)));

    expect(names.map(({ data }) => data.me.username)).toEqual(usernames);
    expect(ends.map(({ status }) => status)).toEqual(usernames.map(() => 200));
    expect(late.map(({ status }) => status)).toEqual(usernames.map(() => 401));
  });

  it('a locked table behind PgBouncer does not take its connections', async () => {
    const { api, databaseUrl } = await openApi();
    const ana = await buildPerson(api, 'ana');
    const other = new Client(databaseUrl);
    await other.connect();
    endsWithTest(() => other.end());
    await other.query('begin; lock table loans in access exclusive mode');

    const loans = await Promise.all(
      Array.from({ length: 10 }, () =>
        api.as(ana).run('{ myLoans(first: 1) { edges { node { id } } } }'),
      ),
    );
    const me = await api.as(ana).run(Me);
    await other.query('rollback');

    expect(new Set(loans.map(({ status }) => status))).toEqual(new Set([503]));
    expect(me.status).toBe(200);
  });
});
