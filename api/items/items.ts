import { LockMode } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { searchWords } from '../database/searchWords';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import { lockOwnNeighborhood } from '../neighborhoods/neighborhoods';
import { UserEntity } from '../users/user.entity';
import { ItemEntity, type ItemCategory, type ItemRow } from './item.entity';
import { setItemPhotos } from './itemPhotos';

/** Maximum number of items of a person in a neighborhood. */
const MAX_ITEMS = 500;
/** Maximum number of items of a person in a neighborhood with the retired ones, which are kept. */
const MAX_ITEMS_EVER = 2000;

/** Fields of an item that its owner edits. */
export type ItemText = {
  title: string;
  description?: string | null;
  category: ItemCategory;
  maxLoanDays: number;
  bufferDays: number;
  pickupNote?: string | null;
  /** Its pictures in order. */
  photoIds?: string[] | null;
};

/**
 * Creates an item.
 * @returns the item's id
 * @param text as the schema's `@constraint`s left it
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED or LIMIT
 */
export function createItem(
  em: EntityManager,
  ownerId: string,
  { neighborhoodId, photoIds, ...text }: ItemText & { neighborhoodId: string },
): Promise<string> {
  return inTransaction(em, async (em) => {
    const neighborhood = await lockOwnNeighborhood(em, ownerId, neighborhoodId);
    await assertItemLimit(em, ownerId, neighborhood.id);
    const now = new Date();
    const item = em.create(ItemEntity, {
      ...text,
      description: text.description ?? '',
      searchWords: searchWords(text.title, text.description ?? ''),
      pickupNote: text.pickupNote ?? '',
      owner: em.getReference(UserEntity, ownerId),
      neighborhood,
      status: 'ACTIVE',
      createdAt: now,
      updatedAt: now,
    });
    await em.flush();
    await setItemPhotos(em, item, photoIds ?? []);
    return item.id;
  });
}

/** @throws UserErrors LIMIT */
async function assertItemLimit(
  em: EntityManager,
  owner: string,
  neighborhood: string,
): Promise<void> {
  const all = await em.count(ItemEntity, { owner, neighborhood });
  if (all < MAX_ITEMS) return;
  const kept = await em.count(ItemEntity, {
    owner,
    neighborhood,
    status: { $ne: 'RETIRED' },
  });
  if (kept >= MAX_ITEMS || all >= MAX_ITEMS_EVER)
    throw new UserErrors({
      code: 'LIMIT',
      message:
        kept >= MAX_ITEMS
          ? text('items.limit', { count: MAX_ITEMS })
          : text('items.limitEver', { count: MAX_ITEMS_EVER }),
      field: null,
    });
}

/**
 * Changes an item that is not retired. Missing fields stay as they are, and so do nulls, except for the
 * pickup note, which null removes.
 * @returns the item's id
 * @param input as the schema's `@constraint`s left it
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED or LIMIT
 */
export function updateItem(
  em: EntityManager,
  ownerId: string,
  {
    id,
    photoIds,
    ...text
  }: { id: string } & { [Key in keyof ItemText]?: ItemText[Key] | null },
): Promise<string> {
  return inTransaction(em, async (em) => {
    const item = await lockOwnItem(em, ownerId, id);
    assertNotRetired(item);
    await lockOwnNeighborhood(em, ownerId, item.neighborhood.id, ['itemId']);
    item.title = text.title ?? item.title;
    item.description = text.description ?? item.description;
    item.searchWords = searchWords(item.title, item.description);
    item.category = text.category ?? item.category;
    item.maxLoanDays = text.maxLoanDays ?? item.maxLoanDays;
    item.bufferDays = text.bufferDays ?? item.bufferDays;
    if (text.pickupNote !== undefined) item.pickupNote = text.pickupNote ?? '';
    item.updatedAt = new Date();
    await em.flush();
    if (photoIds) await setItemPhotos(em, item, photoIds);
    return item.id;
  });
}

/**
 * Pauses lending an item; loans under way go on. Suspended owners may do it too.
 * @returns the item's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED where it is retired, CONFLICT where it is paused already
 */
export function pauseItem(
  em: EntityManager,
  ownerId: string,
  id: string,
): Promise<string> {
  return inTransaction(em, async (em) => {
    const item = await lockOwnItem(em, ownerId, id);
    assertNotRetired(item);
    if (item.status === 'PAUSED')
      throw new UserErrors({
        code: 'CONFLICT',
        message: text('items.alreadyPaused'),
        field: ['itemId'],
      });
    item.status = 'PAUSED';
    item.updatedAt = new Date();
    return item.id;
  });
}

/**
 * Lends a paused item again.
 * @returns the item's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED, CONFLICT where it is not paused
 */
export function resumeItem(
  em: EntityManager,
  ownerId: string,
  id: string,
): Promise<string> {
  return inTransaction(em, async (em) => {
    const item = await lockOwnItem(em, ownerId, id);
    assertNotRetired(item);
    await lockOwnNeighborhood(em, ownerId, item.neighborhood.id, ['itemId']);
    if (item.status === 'ACTIVE')
      throw new UserErrors({
        code: 'CONFLICT',
        message: text('items.notPaused'),
        field: ['itemId'],
      });
    item.status = 'ACTIVE';
    item.updatedAt = new Date();
    return item.id;
  });
}

/**
 * Reads an item of this owner and locks it until the transaction ends. The owner is part of the
 * query, so no later check can be forgotten.
 * @throws UserErrors NOT_FOUND
 */
export async function lockOwnItem(
  em: EntityManager,
  owner: string,
  id: string,
): Promise<ItemRow> {
  const item = isUuid(id)
    ? await em.findOne(
        ItemEntity,
        { id: id.toLowerCase(), owner },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      )
    : null;
  if (!item)
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: text('items.notFound'),
      field: ['itemId'],
    });
  return item;
}

/** @throws UserErrors NOT_ALLOWED */
export function assertNotRetired({ status }: ItemRow): void {
  if (status === 'RETIRED')
    throw new UserErrors({
      code: 'NOT_ALLOWED',
      message: text('items.retired'),
      field: ['itemId'],
    });
}
