import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { buildPerson } from '../testing/buildPeople';
import { itIs } from '../testing/clock';
import { Login, Recipes } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { seed, SEED_PASSWORD } from './seed';
import { drawAlbum, type Album } from './album';
import { raw, sql } from '../database/sql';

let album: Album;

beforeAll(async () => {
  album = await drawAlbum();
});

const plant = ({ services }: TestApi) =>
  seed(services.orm.em.fork(), services.passwords, album);

async function login(api: TestApi, username: string) {
  const { data } = await api.anonymous.run(Login, {
    input: { username, password: SEED_PASSWORD },
  });
  return api.as(data.login);
}

/** Counts the rows of each value of a column. */
async function tally({ services }: TestApi, table: string, column: string) {
  const rows = await services.reads.all<{ value: string; count: number }>(
    sql`select ${raw(column)} as value, count(*) as count from ${raw(table)} group by ${raw(column)}`,
  );
  return Object.fromEntries(
    rows.map(({ value, count }) => [value, Number(count)]),
  );
}

const laneOf = async ({ services }: TestApi) =>
  (
    await services.reads.all<{ id: string }>(
      sql`select id from neighborhoods where name = 'Sparrow Lane'`,
    )
  )[0]?.id ?? '';

describe.each(DATABASES)('seed (%s)', (database) => {
  it('the seed creates a neighborhood with loans in every status', async () => {
    const api = await testApp({ database });

    await plant(api);

    expect(await tally(api, 'memberships', 'status')).toEqual({
      ACTIVE: 14,
      PENDING: 1,
    });
    expect(await tally(api, 'items', 'status')).toEqual({
      ACTIVE: 63,
      PAUSED: 1,
      RETIRED: 1,
    });
    const loans = await tally(api, 'loans', 'status');
    expect(Object.keys(loans).sort()).toEqual([
      'APPROVED',
      'CANCELLED',
      'DAMAGED',
      'DECLINED',
      'DISPUTED',
      'EXPIRED',
      'LOST',
      'ON_LOAN',
      'REQUESTED',
      'RETURNED',
      'RETURN_CLAIMED',
    ]);
    expect(await tally(api, 'extensions', 'status')).toEqual({
      APPROVED: 1,
      REQUESTED: 1,
    });
    expect(await tally(api, 'reports', 'status')).toEqual({
      OPEN: 1,
      RESOLVED: 1,
    });
  });

  it.each(['2026-03-29T00:01:00+01:00', '2026-12-31T23:59:00+01:00'])(
    'the seed follows the loan rules on any day, such as %s',
    async (moment) => {
      itIs(new Date(moment));
      const api = await testApp({ database });
      await plant(api);
      const ana = await login(api, 'ana');
      const ben = await login(api, 'ben');
      const ask = async (caller: typeof ana) =>
        (
          await caller.run<
            {
              myTasks: { kind: string; urgency: string }[];
              unreadNotificationCount: number;
            },
            object
          >('{ myTasks { kind urgency } unreadNotificationCount }')
        ).data;

      const { myTasks, unreadNotificationCount } = await ask(ana);

      expect(new Set(myTasks.map(({ kind }) => kind))).toEqual(
        new Set([
          'ANSWER_REQUEST',
          'CONFIRM_RETURN',
          'HAND_OVER',
          'PICK_UP',
          'RETURN_ITEM',
          'REVIEW_MEMBERSHIP',
          'REVIEW_REPORT',
          'SETTLE_DISPUTE',
        ]),
      );
      expect(unreadNotificationCount).toBeGreaterThan(2);
      expect((await ask(ben)).myTasks).toContainEqual({
        kind: 'RETURN_ITEM',
        urgency: 'OVERDUE',
      });
      const odd = await api.services.reads.all(
        sql`select l.id from loans l join items i on i.id = l.item_id
        where l.owner_id <> i.owner_id or l.borrower_id = l.owner_id
        or l.created_at < i.created_at or l.start_date > l.due_date`,
      );
      expect(odd).toEqual([]);
    },
  );
});

describe('seed', () => {
  it('the seed creates users who can log in, recipes, and items with photos', async () => {
    const api = await testApp();

    const added = await plant(api);

    expect(added).toHaveLength(14);
    for (const username of added) await login(api, username);
    const ana = await login(api, 'ana');
    const neighborhoodId = await laneOf(api);
    const { recipes } = (await ana.run(Recipes, { neighborhoodId })).data;
    expect(recipes.edges).toHaveLength(12);
    const { data } = await ana.run<
      {
        items: {
          edges: {
            node: {
              photos: { url: string }[];
              owner: { photo: { url: string } | null };
            };
          }[];
        };
      },
      object
    >(
      `{ items(neighborhoodId: "${neighborhoodId}", first: 50) { edges { node {
        photos { url } owner { photo { url } } } } } }`,
    );
    expect(data.items.edges).toHaveLength(50);
    for (const { node } of data.items.edges) {
      const picture = await api.http.inject(node.photos[0]?.url ?? '');
      expect(picture.headers['content-type']).toBe('image/webp');
      expect(node.owner.photo).not.toBeNull();
    }
  });

  it('the seed draws no picture twice', () => {
    const pictures = [...album.items.values()].flat();

    const different = new Set(
      pictures.map(({ files }) => files.SMALL.toString('base64')),
    );

    expect(pictures.length).toBeGreaterThan(80);
    expect(different.size).toBe(pictures.length);
  });

  it('the seed adds nothing when it runs again', async () => {
    const api = await testApp();
    await plant(api);
    const before = await tally(api, 'items', 'status');

    const added = await plant(api);

    expect(added).toEqual([]);
    expect(await tally(api, 'items', 'status')).toEqual(before);
  });

  it('the seed changes nothing if one of its usernames is taken', async () => {
    const api = await testApp();
    await buildPerson(api, 'Ana');

    expect(await plant(api)).toEqual([]);

    expect(await api.services.reads.all(sql`select id from items`)).toEqual([]);
  });

  it('the seed refuses to run in production, as its password is public', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', 'tsx/cjs', path.join('api', 'seed', 'seed.ts')],
      {
        cwd: PROJECT_ROOT,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          NODE_ENV: 'production',
          JWT_SECRET: '0123456789abcdefghijklmnopqrstuv',
        },
      },
    );

    expect(status).toBe(1);
    expect(stderr).toContain('not for production');
  });
});
