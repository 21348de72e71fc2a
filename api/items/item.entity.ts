import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { UserEntity, type User } from '../users/user.entity';
import type {
  ItemAction,
  ItemCategory,
  ItemStatus,
  RetiredReason,
} from '../generated/types';

export type { ItemAction, ItemCategory, ItemStatus, RetiredReason };

/** An item that its owner lends to the neighborhood. */
export const ItemEntity = defineEntity({
  name: 'Item',
  tableName: 'items',
  // Lists are read along these indexes, newest first, however many items there are.
  indexes: [
    { properties: ['neighborhood', 'status', 'id'] },
    { properties: ['neighborhood', 'status', 'category', 'id'] },
    { properties: ['neighborhood', 'owner', 'status', 'id'] },
    { properties: ['owner', 'id'] },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    owner: () => p.manyToOne(UserEntity).ref().index(false),
    neighborhood: () => p.manyToOne(NeighborhoodEntity).ref().index(false),
    title: p.string(),
    description: p.text(),
    /** Folded words of title and description, on which the search index is built: see `searchWords()`. */
    searchWords: p.text().default(''),
    category: p.string().$type<ItemCategory>(),
    maxLoanDays: p.integer(),
    /** Days that stay free after each return. */
    bufferDays: p.integer(),
    /** Shown only to the borrower of an approved loan. */
    pickupNote: p.text(),
    status: p.string().$type<ItemStatus>(),
    retiredReason: p.string().$type<RetiredReason>().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p.datetime(3),
  },
});

/** A row of `items`. */
export type ItemRow = InferEntity<typeof ItemEntity>;

/**
 * The `Item` of schema.graphql, with its owner where the viewer sees them, as lists of items always show
 * it, and the time zone of its days.
 */
export type Item = Omit<ItemRow, 'owner' | 'neighborhood' | 'searchWords'> & {
  ownerId: string;
  neighborhoodId: string;
  /** Null where it has to be loaded, as the viewer may see only their name. */
  owner: User | null;
  /** Whether the viewer sees only the title, as the other side of a loan or its steward. */
  isTitleOnly: boolean;
  timeZone: string;
};

/** Facts about an item and the viewer that the item rules need. */
export type ItemFacts = {
  /** Whether they and its owner are active members of its neighborhood, and neither blocks the other. */
  isNeighbor: boolean;
  /** Whether it is promised or lent. */
  isPromised: boolean;
};

/** Lists what the viewer may do with an item. Loan rules are not included. */
export function itemActions(
  { ownerId, status }: Pick<Item, 'ownerId' | 'status'>,
  viewerId: string | undefined,
  { isNeighbor, isPromised }: ItemFacts,
): ItemAction[] {
  if (status === 'RETIRED') return [];
  const can: Partial<Record<ItemAction, boolean>> =
    viewerId === ownerId
      ? {
          EDIT: isNeighbor,
          PAUSE: status === 'ACTIVE',
          RESUME: status === 'PAUSED' && isNeighbor,
          RETIRE: !isPromised,
        }
      : { REQUEST: status === 'ACTIVE' && isNeighbor, REPORT: isNeighbor };
  return (Object.keys(can) as ItemAction[]).filter((action) => can[action]);
}
