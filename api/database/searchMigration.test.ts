import { v7 as uuidv7 } from 'uuid';
import { entities } from '../entities';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES, emptyDatabase } from '../testing/databases';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import {
  runSearch,
  SEARCHES,
  SEARCH_NAMES,
  type SearchName,
} from '../testing/searches';
import { testApp, type TestApi } from '../testing/testApp';
import { connect } from './orm';

/** More rows than the migration changes at once. */
const ROWS = 1100;
const ANA = '018f0000-0000-7000-8000-000000000001';
const MAPLE = '018f0000-0000-7000-8000-000000000002';

const idOf = (row: number) =>
  `018f0000-0000-7000-9000-${String(row).padStart(12, '0')}`;

describe.each(DATABASES)(
  'the migration of the search index (%s)',
  (database) => {
    it('rows from before the words were folded are found', async () => {
      const location = await emptyDatabase(database);
      const orm = await connect(location, entities);
      await orm.getMigrator().up({ to: 'Migration20261126130000' });
      const insert = async (table: string, rows: Record<string, unknown>[]) => {
        await orm.em.getConnection().getKnex().batchInsert(table, rows, 50);
      };
      const now = database === 'sqlite' ? 1_760_000_000_000 : new Date();
      const made = { created_at: now, updated_at: now };
      const titleOf = (row: number) => `Bohrer für Straße ${row}`;
      const rows = Array.from({ length: ROWS }, (_, row) => row);
      await insert('users', [
        {
          ...{ id: ANA, username: 'old', username_key: 'old', name: 'Old' },
          ...{ about: '', password_hash: 'x', created_at: now },
        },
      ]);
      const street = { about: '', time_zone: 'Europe/Berlin', created_at: now };
      await insert('neighborhoods', [
        { id: MAPLE, name: 'Älteste Gasse', join_policy: 'OPEN', ...street },
      ]);
      await insert(
        'items',
        rows.map((row) => ({
          ...{ id: idOf(row), owner_id: ANA, neighborhood_id: MAPLE, ...made },
          ...{ title: titleOf(row), description: '電動', category: 'TOOLS' },
          ...{ max_loan_days: 7, buffer_days: 0, pickup_note: '' },
          status: 'ACTIVE',
        })),
      );
      await insert(
        'recipes',
        rows.map((row) => ({
          ...{ id: idOf(row), author_id: ANA, neighborhood_id: MAPLE, ...made },
          ...{ title: titleOf(row), instructions: '電動', tools: '' },
          minutes_to_complete: 5,
        })),
      );
      await orm.close();

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
