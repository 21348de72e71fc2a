import { Client } from 'pg';
import { addDays, dayIn } from './calendar';
import { sql } from './database/sql';
import { DigestEntity } from './digests/digest.entity';
import { jobsOf } from './jobs';
import { NeighborhoodEntity } from './neighborhoods/neighborhood.entity';
import { notifyDueDates } from './reminders/notifyDueDates';
import { buildSession } from './testing/buildPeople';
import { buildFeed, readFeed } from './testing/calendar';
import { endsWithTest } from './testing/cleanUp';
import { DATABASES } from './testing/databases';
import { digestsAt } from './testing/digests';
import { fillStatements, largeId, type Scale } from './testing/largeDatabase';
import { testApp, type TestApi } from './testing/testApp';
import { UserEntity } from './users/user.entity';

/** Every table has thousands of rows that concern neither the viewer nor a job. */
const SCALE: Scale = {
  ...{ users: 4000, neighborhoods: 500, members: 3000, items: 3000 },
  ...{ recipes: 2000, loans: 6000, past: 1000, open: 40 },
  ...{ notifications: 8000, sessions: 6000, messages: 6000 },
  ...{ reports: 4000, photos: 4000, mails: 4000 },
};

/** Most rows that an operation or a job may read here: a page and what belongs to it. */
const MAX_ROWS = 600;

const LARGE = largeId('neighborhood', 0);

/** Starts a server on a large database. @returns it with a steward of the large neighborhood and a member */
async function largeApp(database: 'sqlite' | 'postgres') {
  const api = await testApp({ database, databasePool: 1 });
  const knex = api.services.orm.em.getConnection().getKnex();
  for (const statement of fillStatements(database, SCALE))
    await knex.raw(statement);
  const login = async (number: number) => {
    const id = largeId('user', number);
    const user = await api.services.orm.em.fork().findOneOrFail(UserEntity, id);
    return buildSession(api, { user });
  };
  const member = await login(5);
  const feed = await buildFeed(api, member);
  return { api, steward: await login(0), member, feed };
}

/** Returns the day on which the database is filled. In Berlin it may be a day later. */
const dayOfRows = () => dayIn('UTC', new Date());

/** Notifies of the due dates of that morning in Berlin, whatever the time is. */
const remind = ({ services }: TestApi) =>
  notifyDueDates(
    { reads: services.systemReads, em: services.orm.em.fork() },
    new Date(`${dayOfRows()}T07:30:00Z`),
    new AbortController().signal,
  );

/** Returns 9:00 in Berlin on the next Saturday but one, on which no other test has sent digests. */
function saturday(): Date {
  const day = new Date(`${dayOfRows()}T08:00:00Z`);
  return new Date(day.getTime() + (13 - day.getUTCDay()) * 86_400_000);
}

type Large = Awaited<ReturnType<typeof largeApp>>;

const PERSON = 'id name photo { id }';
const ITEM = `id title owner { ${PERSON} } photos { id }`;
const LOAN = `id status startDate item { ${ITEM} } borrower { ${PERSON} } owner { ${PERSON} } viewerActions`;

/** Frequent operations and jobs, by name. */
function workOf({ api, steward, member, feed }: Large) {
  const today = dayOfRows();
  const query = (who: typeof member, text: string) => async () => {
    const { errors } = await api.as(who).run(`query { ${text} }`);
    expect(errors).toBeUndefined();
  };
  const items = (filter: string) =>
    query(
      member,
      `items(neighborhoodId: "${LARGE}", filter: { ${filter} }) { edges { node { ${ITEM} } } }`,
    );
  const loans = (role: string) =>
    query(steward, `myLoans(${role}) { edges { node { ${LOAN} } } }`);
  const members = (who: typeof member, status: string) =>
    query(
      who,
      `neighborhood(id: "${LARGE}") { name members(status: ${status}) { edges { node { status user { ${PERSON} } } } } }`,
    );
  const jobs = Object.fromEntries(
    jobsOf(api.services)
      .filter(
        ({ name }) =>
          // Its first run reads all pictures, and later ones what was uploaded since.
          name !== 'sweep unused photos' &&
          // Those depend on the hour.
          name !== 'notify of due dates' &&
          name !== 'send weekly digests',
      )
      .map(({ name, run }) => [
        name,
        () => run(new AbortController().signal).then(() => undefined),
      ]),
  );
  return {
    me: query(member, 'me { id name } unreadNotificationCount'),
    person: query(member, `user(id: "${largeId('user', 6)}") { ${PERSON} }`),
    members: members(member, 'ACTIVE'),
    'members that ask to join': members(steward, 'PENDING'),
    memberships: query(member, 'myMemberships { role neighborhood { name } }'),
    neighborhoods: query(member, 'neighborhoods { edges { node { name } } }'),
    'search for neighborhoods': query(
      member,
      'neighborhoods(search: "street 100") { edges { node { name } } }',
    ),
    reports: query(
      steward,
      `neighborhood(id: "${LARGE}") { reports(status: RESOLVED) { edges { node { reason item { title } } } } }`,
    ),
    items: items(''),
    'items of a category': items('category: TOOLS'),
    'items of an owner': items(`ownerId: "${largeId('user', 50)}"`),
    'items that are free': items(
      `availableFrom: "${today}", availableTo: "${addDays(today, 3)}"`,
    ),
    'search for an item': items('search: "thing77"'),
    item: query(
      member,
      `item(id: "${largeId('item', 100)}") { ${ITEM} viewerActions }`,
    ),
    'an item of others': query(
      member,
      `item(id: "${largeId('item', SCALE.items + 1)}") { title }`,
    ),
    'my items': query(member, `myItems { edges { node { ${ITEM} } } }`),
    recipes: query(
      member,
      `recipes(neighborhoodId: "${LARGE}") { edges { node { title } } }`,
    ),
    'all my loans': loans('first: 10'),
    'my borrowed loans': loans('role: BORROWER, first: 10'),
    'my open borrowed loans': loans('role: BORROWER, open: true'),
    'my loans that are over': loans('open: false, first: 10'),
    'a loan with its messages': query(
      steward,
      `loan(id: "${largeId('loan', SCALE.loans)}") { ${LOAN} messages { edges { node { body } } } }`,
    ),
    'my calendar': () => readFeed(api, feed).then(() => undefined),
    'my tasks': query(steward, 'myTasks { kind loan { id } }'),
    notifications: query(
      member,
      'myNotifications { edges { node { id kind } } }',
    ),
    'a request for a loan': async () => {
      const { data } = await api
        .as(member)
        .run<{ requestLoan: { errors: unknown[] } }, object>(
          `mutation { requestLoan(input: { itemId: "${largeId('item', 40)}",
          startDate: "${addDays(today, 60)}", dueDate: "${addDays(today, 61)}" }) { errors { message } } }`,
        );
      expect(data.requestLoan.errors).toEqual([]);
    },
    ...jobs,
    'notify of due dates': () => remind(api),
  };
}

/** Counts the rows and index entries that PostgreSQL has read, of all tables. */
async function rowCounter(api: TestApi) {
  const client = new Client(api.config.databaseUrl ?? '');
  await client.connect();
  endsWithTest(() => client.end());
  await client.query('vacuum analyze');
  // In a real database, tables are too large to be read whole for the sake of a few rows.
  await api.services.orm.em.getConnection().execute('set enable_seqscan = off');
  return async (work: () => Promise<void>): Promise<number> => {
    const count = async () => {
      // Connections report what they have read when they are told to, or a second later.
      await api.services.orm.em
        .getConnection()
        .execute('select pg_stat_force_next_flush()');
      const { rows } = await client.query<{ sum: string }>(
        `select sum(read) from (
          select seq_tup_read as read from pg_stat_user_tables
          union all select idx_tup_read from pg_stat_user_indexes) counters`,
      );
      return Number(rows[0]?.sum);
    };
    const before = await count();
    await work();
    return (await count()) - before;
  };
}

/** Steps of SQLite that read rows which the statement does not need. */
const WALKS = [
  // A table or an index from end to end; not matches of words, nor what a statement has selected itself.
  /^SCAN (?!CONSTANT|\(subquery|\w+_words |due|found|zones|thread|side|own|hidden|n USING INDEX neighborhoods_open_index)/,
  // An index of the statement's own making.
  /AUTOMATIC/,
  // All of a neighborhood, or of a status.
  /^SEARCH (?!r )\w+ .*INDEX \w+ \((neighborhood_id|status)=\?\)$/,
];

/** Lists the steps of these statements that walk along a table. */
async function walksOf(api: TestApi, statements: string[]): Promise<string[]> {
  const knex = api.services.orm.em.getConnection().getKnex();
  const walks = new Set<string>();
  for (const statement of new Set(statements)) {
    const text = statement.replace(/^\[query\] | \[took .*$/g, '');
    if (!/^(select|update|delete|with)\b/.test(text)) continue;
    const steps = await knex.raw<{ detail: string }[]>(
      `explain query plan ${text.replaceAll('?', 'null')}`,
    );
    for (const { detail } of steps)
      if (WALKS.some((walk) => walk.test(detail)))
        walks.add(`${detail}: ${text.slice(0, 100)}`);
  }
  return [...walks];
}

describe('statements on a large database', () => {
  it('operations and jobs read few rows of PostgreSQL, however many others have', async () => {
    const large = await largeApp('postgres');
    // Later runs of a morning find what is left.
    await remind(large.api);
    const rowsOf = await rowCounter(large.api);

    const tooMany: Record<string, number> = {};
    for (const [name, work] of Object.entries(workOf(large))) {
      const rows = await rowsOf(work);
      if (rows > MAX_ROWS) tooMany[name] = rows;
    }

    expect(tooMany).toEqual({});
  });

  it('the notifications of a morning read few rows of PostgreSQL', async () => {
    const { api } = await largeApp('postgres');
    const rowsOf = await rowCounter(api);

    const rows = await rowsOf(() => remind(api));

    const [sent] = await api.services.reads.all<{ count: string }>(
      sql`select count(*) as count from loans where due_notified_on = ${dayOfRows()}`,
    );
    expect(Number(sent?.count)).toBeGreaterThan(10);
    expect(rows).toBeLessThanOrEqual(MAX_ROWS);
  });

  it.each(DATABASES)(
    'the digests of a neighborhood read few rows for each of its members (%s)',
    async (database) => {
      const { api } = await largeApp(database);
      const rowsOf =
        database === 'postgres' ? await rowCounter(api) : undefined;
      const moment = saturday();
      // All but one small neighborhood in Berlin have theirs.
      const em = api.services.orm.em.fork();
      await em.nativeUpdate(
        NeighborhoodEntity,
        { id: { $ne: largeId('neighborhood', 4) } },
        { digestedOn: dayIn('UTC', moment) },
      );
      api.statements.length = 0;
      const run = () => digestsAt(api, moment);
      const rows = rowsOf ? await rowsOf(run) : await run();
      const first = api.statements.splice(0);
      const later = rowsOf ? await rowsOf(run) : await run();

      const count = await em.count(DigestEntity, {});
      expect(count).toBeGreaterThan(5);
      expect(first.length).toBeLessThanOrEqual(count * 15);
      expect(api.statements.length).toBeLessThanOrEqual(10);
      if (database === 'sqlite') {
        expect(await walksOf(api, first)).toEqual([]);
      } else {
        expect(rows).toBeLessThanOrEqual(count * 100);
        expect(later).toBeLessThanOrEqual(MAX_ROWS);
      }
    },
  );

  it('operations and jobs walk along no table of SQLite', async () => {
    const large = await largeApp('sqlite');

    const walks: Record<string, string[]> = {};
    for (const [name, work] of Object.entries(workOf(large))) {
      large.api.statements.length = 0;
      await work();
      const found = await walksOf(large.api, [...large.api.statements]);
      if (found.length > 0) walks[name] = found;
    }

    expect(walks).toEqual({});
  });
});
