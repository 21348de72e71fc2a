import { ItemEntity } from '../items/item.entity';
import { PhotoFileEntity } from '../photos/photo.entity';
import { SessionEntity } from '../sessions/session.entity';
import { buildItem } from '../testing/buildItems';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { UserEntity } from '../users/user.entity';
import { columnsOf, type RowOf } from './columns';
import { sql } from './sql';

describe.each(DATABASES)('columnsOf on %s', (database) => {
  it('reads dates, booleans and nulls as the ORM does', async () => {
    const api = await testApp({ database });
    const { user } = await buildPerson(api, 'ana', { remindersByEmail: false });
    const columns = columnsOf(UserEntity, 'u', {
      only: ['id', 'photoId', 'remindersByEmail', 'createdAt', 'deletedAt'],
    });

    const rows = await api.services.reads.all<RowOf<typeof columns>>(
      sql`select ${columns.list} from users u`,
    );

    expect(rows.map(columns.toValue)).toStrictEqual([
      {
        id: user.id,
        photoId: null,
        remindersByEmail: false,
        createdAt: user.createdAt,
        deletedAt: null,
      },
    ]);
  });

  it('reads all columns of an entity by default, with ids in place of relations', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const { owner, neighborhood, ...item } = await buildItem(api, street, ana);
    const columns = columnsOf(ItemEntity, 'i');

    const rows = await api.services.reads.all<RowOf<typeof columns>>(
      sql`select ${columns.list} from items i`,
    );

    expect(rows.map(columns.toValue)).toEqual([
      {
        ...item,
        ownerId: owner.id,
        neighborhoodId: neighborhood.id,
        retiredReason: null,
      },
    ]);
  });

  it('keeps joined entities apart by a prefix, and other columns out of the object', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    await buildItem(api, await buildNeighborhood(api, ana), ana);
    const items = columnsOf(ItemEntity, 'i', { only: ['title', 'ownerId'] });
    const owners = columnsOf(UserEntity, 'u', {
      only: ['id', 'name'],
      prefix: 'owner.',
    });

    const rows = await api.services.reads.all<
      RowOf<typeof items> & RowOf<typeof owners>
    >(
      sql`select 1 as extra, ${items.list}, ${owners.list} from items i join users u on u.id = i.owner_id`,
    );

    expect(rows.map(items.toValue)).toEqual([
      { title: 'Drill', ownerId: ana.user.id },
    ]);
    expect(rows.map(owners.toValue)).toEqual([
      { id: ana.user.id, name: 'ana' },
    ]);
  });
});

describe('columnsOf', () => {
  it('aliases columns by the names of the properties', () => {
    const { list } = columnsOf(UserEntity, 'u', {
      only: ['id', 'photoId'],
      prefix: 'owner.',
    });

    expect(list.sql).toBe('u.id as "owner.id",u.photo_id as "owner.photoId"');
    expect(list.values).toEqual([]);
  });

  it('refuses hidden properties, as secrets are never read', () => {
    expect(() => columnsOf(SessionEntity, 's')).toThrow(
      'Session.secretHash is hidden',
    );
    expect(() =>
      columnsOf(UserEntity, 'u', { only: ['id', 'passwordHash'] }),
    ).toThrow('User.passwordHash is hidden');
  });

  it('refuses types that it cannot convert', () => {
    expect(() => columnsOf(PhotoFileEntity, 'f')).toThrow(
      'The type of PhotoFile.bytes has no conversion',
    );
  });
});
