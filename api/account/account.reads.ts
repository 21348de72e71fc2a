import type { EntityManager } from '../database/orm';
import { execute } from '../database/reads';
import { sql } from '../database/sql';

/** Takes the pictures off all items of a person. */
export const deleteItemPhotosOf = (
  em: EntityManager,
  ownerId: string,
): Promise<number> =>
  execute(
    em,
    sql`delete from item_photos where item_id in (select id from items where owner_id = ${ownerId})`,
  );

/** Deletes the items of a person that no loan names. */
export const deleteItemsNeverAskedFor = (
  em: EntityManager,
  ownerId: string,
): Promise<number> =>
  execute(
    em,
    sql`delete from items where owner_id = ${ownerId} and not exists (select 1 from loans where loans.item_id = items.id)`,
  );
