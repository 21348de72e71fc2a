import { v7 as uuidv7 } from 'uuid';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES, emptyDatabase } from '../testing/databases';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import {
  oldDatabase,
  oldId,
  oldItem,
  oldNeighborhood,
  oldRecipe,
  oldUser,
} from '../testing/oldDatabase';
import {
  runSearch,
  SEARCHES,
  SEARCH_NAMES,
  type SearchName,
} from '../testing/searches';
import { testApp, type TestApi } from '../testing/testApp';

/** More rows than the migration changes at once. */
const ROWS = 1100;
const ANA = oldId(1);
const MAPLE = oldId(2);

const titleOf = (row: number) => `Bohrer für Straße ${row}`;

describe.each(DATABASES)(
  'the migration of the search index (%s)',
  (database) => {
    it.each([
      ['there was a search', 'Migration20261122120000'],
      ['the words were folded', 'Migration20261126130000'],
    ])('rows from before %s are found', async (_, version) => {
      const rows = Array.from({ length: ROWS }, (_, row) => row);
      const location = await oldDatabase(database, version, {
        users: [oldUser(ANA, 'old')],
        neighborhoods: [oldNeighborhood(MAPLE, 'Älteste Gasse')],
        items: rows.map((row) => ({
          ...oldItem(oldId(row), ANA, MAPLE, titleOf(row)),
          description: '電動',
        })),
        recipes: rows.map((row) => ({
          ...oldRecipe(oldId(row), ANA, titleOf(row)),
          ...{ instructions: '電動', neighborhood_id: MAPLE },
        })),
      });

      const api = await testApp(location);
      const ben = await buildPerson(api, 'ben');
      const em = api.services.orm.em.fork();
      for (const user of [ANA, ben.user.id])
        await em.insert(MembershipEntity, {
          ...{ id: uuidv7(), user, neighborhood: MAPLE, role: 'MEMBER' },
          ...{ status: 'ACTIVE', createdAt: new Date(), updatedAt: new Date() },
        });

      const find = async (name: SearchName, search: string) =>
        (await runSearch(api, ben, { id: MAPLE }, name, { search })).titles;
      for (const name of ['items', 'recipes'] as const)
        for (const row of [0, 499, 500, ROWS - 1])
          expect(await find(name, `strasse ${row} 動`)).toContain(titleOf(row));
      expect(await find('neighborhoods', 'alteste')).toEqual(['Älteste Gasse']);
    });

    it('rows whose words were folded without vowel signs are told apart', async () => {
      const location = await emptyDatabase(database);
      const before = await testApp(location);
      const ana = await buildPerson(before, 'ana');
      const maple = await buildNeighborhood(before, ana);
      for (const name of SEARCH_NAMES)
        await SEARCHES[name].create(before, maple, ana, 'ข้าว');
      // The state before the migration.
      const connection = before.services.orm.em.getConnection();
      for (const name of SEARCH_NAMES)
        await connection.execute(
          `update ${SEARCHES[name].table} set search_words = 'ขา าว ว'`,
        );
      await connection.execute(
        "delete from mikro_orm_migrations where name = 'Migration20261128170001'",
      );
      const find = (api: TestApi, name: SearchName, search: string) =>
        runSearch(api, ana, maple, name, { search });
      expect((await find(before, 'items', 'ขาว')).titles).toEqual(['ข้าว']);
      await before.close();

      const api = await testApp(location);

      for (const name of SEARCH_NAMES) {
        expect((await find(api, name, 'ข้าว')).titles).toEqual(['ข้าว']);
        expect((await find(api, name, 'ขาว')).titles).toEqual([]);
      }
    });
  },
);
