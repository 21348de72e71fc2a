import {
  PhotoEntity,
  PhotoFileEntity,
  type PhotoRow,
} from '../photos/photo.entity';
import type { Picture } from '../photos/pictures';
import type { UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';
import { createdAgo } from './pastRows';
import { HARBOR_ITEMS, ITEMS } from './items';
import { PEOPLE } from './people';
import { drawFace, drawItem } from './pictures';

/** Pictures of people by their usernames, and of items by their titles. */
export type Album = {
  faces: Map<string, Picture>;
  items: Map<string, Picture[]>;
};

/** Draws all pictures. This takes most of the time of the seed and needs no database. */
export async function drawAlbum(): Promise<Album> {
  const faces = new Map<string, Picture>();
  for (const { username } of PEOPLE)
    faces.set(username, await drawFace(username));
  const items = new Map<string, Picture[]>();
  for (const item of [...ITEMS, ...HARBOR_ITEMS]) {
    const pictures: Picture[] = [];
    for (let index = 0; index < item.pictures; index++)
      pictures.push(await drawItem(item, index));
    items.set(item.title, pictures);
  }
  return { faces, items };
}

/** Creates a photo as if it had been uploaded `hoursAgo`. */
export function createPhoto(
  em: EntityManager,
  uploader: UserRow,
  { width, height, files }: Picture,
  hoursAgo: number,
): PhotoRow {
  const photo = em.create(PhotoEntity, {
    ...createdAgo(hoursAgo),
    uploader,
    width,
    height,
  });
  for (const size of ['SMALL', 'LARGE'] as const)
    em.create(PhotoFileEntity, { photo, size, bytes: files[size] });
  return photo;
}
