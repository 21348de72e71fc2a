import type { EntityManager } from '../database/orm';
import { execute } from '../database/reads';
import { sql } from '../database/sql';

/** Removes the pictures from all items of a user. */
export const deleteItemPhotosOf = (
  em: EntityManager,
  ownerId: string,
): Promise<number> =>
  execute(
    em,
    sql`delete from item_photos where item_id in (select id from items where owner_id = ${ownerId})`,
  );

/** Deletes the items of a user that no loan refers to. */
export const deleteItemsNeverAskedFor = (
  em: EntityManager,
  ownerId: string,
): Promise<number> =>
  execute(
    em,
    sql`delete from items where owner_id = ${ownerId} and not exists (select 1 from loans where loans.item_id = items.id)`,
  );
