import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import type { Photo } from '../photos/photo.entity';
import { photoColumns, type PhotoReadRow } from '../photos/photos.reads';

/** The pictures of items in order, by the items' ids, for one request. */
export const createItemPhotosLoader = (
  reads: Reads,
): DataLoader<string, Photo[]> =>
  createLoader<PhotoReadRow, Photo[]>(
    reads,
    (ids) =>
      sql`select s.item_id as key, ${photoColumns.list}
      from item_photos s join photos p on p.id = s.photo_id
      where s.item_id in (${ids}) order by s.item_id, s.position`,
    (rows) => rows.map(photoColumns.toValue),
  );
