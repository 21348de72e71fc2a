import { LockMode } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { BadUserInput, Unauthenticated, UserErrors } from '../errors';
import { text } from '../language/text';
import { UserEntity } from '../users/user.entity';
import type { Picture } from './pictures';
import { PhotoEntity, PhotoFileEntity, type PhotoRow } from './photo.entity';
import {
  countUnusedPhotos,
  deleteUnusedPhotos,
  readOldUnusedPhotos,
  readUnusedPhotos,
} from './photos.reads';

/** Most unused photos of one user. */
const MAX_UNUSED_PHOTOS = 30;
/** Age at which an unused photo is deleted, in milliseconds. */
const UNUSED_TTL_MS = 24 * 60 * 60 * 1000;
/** Most photos that are deleted in one transaction, to keep it short. */
const SWEEP_BATCH_SIZE = 100;

/**
 * Asserts that a user may upload one more picture.
 * @throws BadUserInput, as 409, where too many are unused
 */
export async function assertUnusedPhotoLimit(
  em: EntityManager,
  uploaderId: string,
): Promise<void> {
  if ((await countUnusedPhotos(readsOf(em), uploaderId)) >= MAX_UNUSED_PHOTOS)
    throw new BadUserInput(
      text('photos.tooManyUnused', { count: MAX_UNUSED_PHOTOS }),
      409,
    );
}

/**
 * Stores a picture, which is unused at first.
 * @throws BadUserInput, as 409, where too many are unused; Unauthenticated where the user no longer
 * exists
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
 * Asserts, until the transaction ends, that the user's item or profile may use these pictures.
 * @throws UserErrors NOT_FOUND where one is not an unused upload of the user
 */
export async function claimPhotos(
  em: EntityManager,
  uploaderId: string,
  ids: readonly string[],
  field: string[],
): Promise<void> {
  if (ids.length === 0) return;
  // Locked before they are checked, as a concurrent request may use or delete them.
  const own = ids.every((id) => isUuid(id))
    ? await em.find(
        PhotoEntity,
        { id: { $in: [...ids] }, uploader: uploaderId },
        { fields: ['id'], lockMode: LockMode.PESSIMISTIC_WRITE },
      )
    : [];
  const unused =
    own.length < ids.length ? [] : await readUnusedPhotos(readsOf(em), ids);
  if (unused.length < ids.length)
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: text('photos.notFound'),
      field,
    });
}

/** Deletes pictures that are no longer used, in both sizes. */
export async function deletePhotos(
  em: EntityManager,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0)
    await em.nativeDelete(PhotoEntity, { id: { $in: [...ids] } });
}

/**
 * Deletes pictures that have been unused for a day. Several processes may run it at once.
 * @param from only those uploaded since: what was used on its second day is used until it is deleted
 * @returns the moment from which the next sweep has to look
 */
export async function sweepUnusedPhotos(
  em: EntityManager,
  now: Date,
  from = new Date(0),
): Promise<Date> {
  const before = new Date(now.getTime() - UNUSED_TTL_MS);
  for (;;) {
    const swept = await inTransaction(em, (em) =>
      sweepBatch(em, { from, before }),
    );
    if (swept < SWEEP_BATCH_SIZE) return before;
  }
}

async function sweepBatch(
  em: EntityManager,
  uploaded: { from: Date; before: Date },
): Promise<number> {
  const old = await em.find(
    PhotoEntity,
    {
      id: {
        $in: await readOldUnusedPhotos(readsOf(em), uploaded, SWEEP_BATCH_SIZE),
      },
    },
    { fields: ['id'], lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (old.length === 0) return 0;
  // Checked again under the lock, as a picture may just have been used.
  return deleteUnusedPhotos(
    em,
    old.map(({ id }) => id),
  );
}
