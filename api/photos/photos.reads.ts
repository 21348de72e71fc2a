import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import type { Photo, PhotoSize } from './photo.entity';

/** Pictures by their ids; null for one that is gone. Whoever may see what shows them may see them. */
export const createPhotoLoader = (
  reads: Reads,
): DataLoader<string, Photo | null> =>
  createLoader<Photo, Photo | null>(
    reads,
    (places) =>
      `select id as key, id, width, height from photos where id in (${places})`,
    ([photo]) => photo ?? null,
  );

/** The bytes of a picture in one size, as WebP; null where there is none. */
export async function readPhotoFile(
  reads: Reads,
  id: string,
  size: PhotoSize,
): Promise<Buffer | null> {
  const [row] = await reads.all<{ bytes: Buffer }>(
    'select bytes from photo_files where photo_id = ? and size = ?',
    [id, size],
  );
  return row?.bytes ?? null;
}
