import { pathToFileURL } from 'node:url';
import { buildPerson } from '../testing/buildPeople';
import { seed, SEED_PASSWORD } from '../seed/seed';
import { temporaryFolder } from '../testing/cleanUp';
import { DATABASES, emptyDatabase } from '../testing/databases';
import { Items } from '../testing/items';
import { move, silent, targetOf } from '../testing/moves';
import { Login, Recipes } from '../testing/operations';
import { readTables } from '../testing/tables';
import { testApp, type TestApi } from '../testing/testApp';
import { backUp } from './backup';
import { restore } from './restore';
import { sql } from './sql';

/** Queries of the account, apart from the lists of a neighborhood. */
const OWN = `{
  me { id username about photo { url(size: LARGE) } }
  myMemberships { role neighborhood { id name memberCount } }
  myTasks { kind }
  unreadNotificationCount
  myLoans(first: 50) { edges { node { id status startDate dueDate } } }
}`;

/** Asks a server what Ana sees, and loads a picture. */
async function answersOf(
  api: TestApi,
  ana: { accessToken: string },
): Promise<unknown[]> {
  const [lane] = await api.services.reads.all<{ id: string }>(
    sql`select id from neighborhoods where name = 'Sparrow Lane'`,
  );
  const neighborhoodId = lane?.id ?? '';
  const caller = api.as(ana);
  const { data: items } = await caller.run(Items, { neighborhoodId });
  const { data: found } = await caller.run(Items, {
    neighborhoodId,
    filter: { search: 'drill' },
  });
  const { data: recipes } = await caller.run(Recipes, { neighborhoodId });
  const { data: own } = await caller.run<object, object>(OWN);
  const urls = items.items.edges.flatMap(({ node }) =>
    node.photos.map(({ url }) => url),
  );
  const picture = await api.http.inject(urls[0] ?? '');
  expect(picture.statusCode).toBe(200);
  expect(found.items.edges.length).toBeGreaterThan(0);
  return [items, found, recipes, own, picture.rawPayload.toString('base64')];
}

const logIn = async (api: TestApi) =>
  (
    await api.anonymous.run(Login, {
      input: { username: 'ana', password: SEED_PASSWORD },
    })
  ).data.login;

describe('a restore drill', () => {
  it('a moved server and restored backups answer as the first server did, with pictures, and the move keeps users logged in', async () => {
    const api = await testApp();
    await seed(api.services.orm.em.fork(), api.services.passwords);
    const ana = await logIn(api);
    const answers = await answersOf(api, ana);
    const ofSqlite = await backUp(api.config, silent());
    await api.close();

    const target = await targetOf(api.config);
    await move(target);
    const rows = await readTables(api.config);
    expect(await readTables(target)).toEqual(rows);
    const ofPostgres = await backUp(target, silent());
    const back = {
      dataDir: await temporaryFolder(),
      databaseUrl: pathToFileURL(ofPostgres).href,
    };
    expect(await readTables(back)).toEqual(rows);

    const moved = await testApp(target);
    expect(await answersOf(moved, ana)).toEqual(answers);
    // Writes go on.
    await buildPerson(moved, 'newcomer');
    for (const backup of [ofSqlite, ofPostgres])
      for (const database of DATABASES) {
        const location = await emptyDatabase(database);
        await restore(location, backup, silent());
        const restored = await testApp(location);
        const again = await logIn(restored);
        expect(await answersOf(restored, again)).toEqual(answers);
      }
  });
});
