import { LockMode } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { BadUserInput, Unauthenticated, UserErrors } from '../errors';
import { UserEntity } from '../users/user.entity';
import type { Picture } from './pictures';
import { PhotoEntity, PhotoFileEntity, type PhotoRow } from './photo.entity';

/** How many pictures of one person may wait to be used. */
const MAX_UNUSED_PHOTOS = 30;
/** How long a picture may wait to be used, in milliseconds. */
const UNUSED_TTL_MS = 24 * 60 * 60 * 1000;
/** How many pictures are swept away at once: a transaction should not be long. */
const SWEEP_BATCH_SIZE = 100;

/** SQL that is true where nothing shows the picture: neither an item nor whoever uploaded it. */
const IS_UNUSED = `not exists (select 1 from item_photos where item_photos.photo_id = photos.id)
  and not exists (select 1 from users where users.id = photos.uploader_id and users.photo_id = photos.id)`;

/**
 * May this person upload one more picture?
 * @throws BadUserInput, as 409, where too many wait to be used
 */
export async function assertUnusedPhotoLimit(
  em: EntityManager,
  uploaderId: string,
): Promise<void> {
  const [row] = await em.execute<{ count: number | string }[]>(
    `select count(*) as count from photos where uploader_id = ? and ${IS_UNUSED}`,
    [uploaderId],
  );
  if (Number(row?.count) >= MAX_UNUSED_PHOTOS)
    throw new BadUserInput(
      `${MAX_UNUSED_PHOTOS} pictures of yours are not used yet: use some of them, or wait a day until they are gone`,
      409,
    );
}

/**
 * Keeps a picture, which is not used yet.
 * @throws BadUserInput, as 409, where too many wait to be used; Unauthenticated where there is no
 * such person any more
 */
export function storePhoto(
  em: EntityManager,
  uploaderId: string,
  { width, height, files }: Picture,
): Promise<PhotoRow> {
  return inTransaction(em, async (em) => {
    // Of two uploads at once, the second counts the first.
    const uploader = await em.findOne(
      UserEntity,
      { id: uploaderId, deletedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!uploader) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
    await assertUnusedPhotoLimit(em, uploaderId);
    const photo = em.create(PhotoEntity, { uploader, width, height });
    for (const size of ['SMALL', 'LARGE'] as const)
      em.create(PhotoFileEntity, { photo, size, bytes: files[size] });
    await em.flush();
    return photo;
  });
}

/**
 * Makes sure that something of this person's may show these pictures, until the transaction ends.
 * @throws UserErrors NOT_FOUND where one is not an upload of theirs that nothing shows yet
 */
export async function claimPhotos(
  em: EntityManager,
  uploaderId: string,
  ids: readonly string[],
  field: string[],
): Promise<void> {
  if (ids.length === 0) return;
  // They are locked first and looked at then: somebody may just be using or sweeping them.
  const own = ids.every((id) => isUuid(id))
    ? await em.find(
        PhotoEntity,
        { id: { $in: [...ids] }, uploader: uploaderId },
        { fields: ['id'], lockMode: LockMode.PESSIMISTIC_WRITE },
      )
    : [];
  if (own.length < ids.length || !(await areUnused(em, ids)))
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: 'You have no unused picture with this id: upload it again',
      field,
    });
}

async function areUnused(
  em: EntityManager,
  ids: readonly string[],
): Promise<boolean> {
  const unused = await em.execute(
    `select id from photos where id in (${places(ids)}) and ${IS_UNUSED}`,
    [...ids],
  );
  return unused.length === ids.length;
}

/** Deletes pictures that nothing shows any more, in both sizes. */
export async function deletePhotos(
  em: EntityManager,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0)
    await em.nativeDelete(PhotoEntity, { id: { $in: [...ids] } });
}

/**
 * Deletes the pictures that have waited for a day and that nothing shows. It may run twice, or in
 * several processes at once.
 * @returns how many there were
 */
export async function sweepUnusedPhotos(
  em: EntityManager,
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - UNUSED_TTL_MS);
  for (let all = 0; ;) {
    const swept = await inTransaction(em, (em) => sweepBatch(em, before));
    all += swept;
    if (swept < SWEEP_BATCH_SIZE) return all;
  }
}

async function sweepBatch(em: EntityManager, before: Date): Promise<number> {
  const old = await em
    .createQueryBuilder(PhotoEntity, 'photos')
    .select('id')
    .where({ createdAt: { $lt: before } })
    .andWhere(IS_UNUSED)
    .limit(SWEEP_BATCH_SIZE)
    .setLockMode(LockMode.PESSIMISTIC_WRITE)
    .getResultList();
  if (old.length === 0) return 0;
  // Looked at again, now that they are locked: one may have come into use a moment ago.
  const { affectedRows } = await em.execute<{ affectedRows: number }>(
    `delete from photos where id in (${places(old)}) and ${IS_UNUSED}`,
    old.map(({ id }) => id),
    'run',
  );
  return affectedRows;
}

const places = (values: readonly unknown[]) => values.map(() => '?').join(', ');
