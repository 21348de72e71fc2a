import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { EntityManager } from '../database/orm';
import { execute, type Reads } from '../database/reads';
import { join, sql } from '../database/sql';
import { PhotoEntity, type Photo, type PhotoSize } from './photo.entity';

/** Columns of a `Photo` out of `photos p`. */
export const photoColumns = columnsOf(PhotoEntity, 'p', {
  only: ['id', 'width', 'height'],
});

/** A row of `photoColumns`. */
export type PhotoReadRow = RowOf<typeof photoColumns>;

/** Creates the loader of photos by their ids, for objects that the viewer can see; null for a deleted one. */
export const createPhotoLoader = (
  reads: Reads,
): DataLoader<string, Photo | null> =>
  createLoader<PhotoReadRow, Photo | null>(
    reads,
    (ids) =>
      sql`select p.id as key, ${photoColumns.list} from photos p where p.id in (${ids})`,
    ([row]) => (row ? photoColumns.toValue(row) : null),
  );

/** Reads the bytes of a picture in one size, as WebP; null where there is none. */
export async function readPhotoFile(
  reads: Reads,
  id: string,
  size: PhotoSize,
): Promise<Buffer | null> {
  const [row] = await reads.all<{ bytes: Buffer }>(
    sql`select bytes from photo_files where photo_id = ${id} and size = ${size}`,
  );
  return row?.bytes ?? null;
}

/** Condition: neither an item nor its uploader's profile shows the picture. */
const IS_UNUSED = sql`not exists (select 1 from item_photos where item_photos.photo_id = photos.id)
  and not exists (select 1 from users where users.id = photos.uploader_id and users.photo_id = photos.id)`;

/** Counts the unused pictures of a user. */
export async function countUnusedPhotos(
  reads: Pick<Reads, 'all'>,
  uploaderId: string,
): Promise<number> {
  const [row] = await reads.all<{ count: number | string }>(
    sql`select count(*) as count from photos where uploader_id = ${uploaderId} and ${IS_UNUSED}`,
  );
  return Number(row?.count);
}

/** Reads which of these pictures are unused. @param ids at least one */
export async function readUnusedPhotos(
  reads: Pick<Reads, 'all'>,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select id from photos where id in (${join([...ids])}) and ${IS_UNUSED}`,
  );
  return rows.map(({ id }) => id);
}

/** Reads the ids of unused pictures that were uploaded from one moment until another. */
export async function readOldUnusedPhotos(
  reads: Pick<Reads, 'all'>,
  { from, before }: { from: Date; before: Date },
  most: number,
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select id from photos where created_at >= ${from} and created_at < ${before} and ${IS_UNUSED} limit ${most}`,
  );
  return rows.map(({ id }) => id);
}

/** Deletes those of these pictures that are unused. @returns how many */
export const deleteUnusedPhotos = (
  em: EntityManager,
  ids: readonly string[],
): Promise<number> =>
  execute(
    em,
    sql`delete from photos where id in (${join([...ids])}) and ${IS_UNUSED}`,
  );
