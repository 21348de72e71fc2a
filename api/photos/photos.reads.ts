import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { EntityManager } from '../database/orm';
import { execute, type Reads } from '../database/reads';
import { join, sql } from '../database/sql';
import type { Photo, PhotoSize } from './photo.entity';

/** Creates the loader of photos by their ids, for objects that the viewer can see; null for a deleted one. */
export const createPhotoLoader = (
  reads: Reads,
): DataLoader<string, Photo | null> =>
  createLoader<Photo, Photo | null>(
    reads,
    (ids) =>
      sql`select id as key, id, width, height from photos where id in (${ids})`,
    ([photo]) => photo ?? null,
  );

/** The bytes of a picture in one size, as WebP; null where there is none. */
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

/** Counts the pictures of a person that nothing shows. */
export async function countUnusedPhotos(
  reads: Pick<Reads, 'all'>,
  uploaderId: string,
): Promise<number> {
  const [row] = await reads.all<{ count: number | string }>(
    sql`select count(*) as count from photos where uploader_id = ${uploaderId} and ${IS_UNUSED}`,
  );
  return Number(row?.count);
}

/** Reads which of these pictures nothing shows. @param ids at least one */
export async function readUnusedPhotos(
  reads: Pick<Reads, 'all'>,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select id from photos where id in (${join([...ids])}) and ${IS_UNUSED}`,
  );
  return rows.map(({ id }) => id);
}

/** Reads the ids of pictures that were uploaded before a moment and that nothing shows. */
export async function readOldUnusedPhotos(
  reads: Pick<Reads, 'all'>,
  before: Date,
  most: number,
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select id from photos where created_at < ${before} and ${IS_UNUSED} limit ${most}`,
  );
  return rows.map(({ id }) => id);
}

/** Deletes those of these pictures that nothing shows. @returns how many */
export const deleteUnusedPhotos = (
  em: EntityManager,
  ids: readonly string[],
): Promise<number> =>
  execute(
    em,
    sql`delete from photos where id in (${join([...ids])}) and ${IS_UNUSED}`,
  );
