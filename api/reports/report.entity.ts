import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { ItemEntity } from '../items/item.entity';
import { MessageEntity } from '../messages/message.entity';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { UserEntity } from '../users/user.entity';
import type { ReportStatus } from '../generated/types';

export type { ReportStatus };

/** A report to the stewards about an item, a person or a message. */
export const ReportEntity = defineEntity({
  name: 'Report',
  tableName: 'reports',
  indexes: [
    { properties: ['neighborhood', 'id'] },
    { properties: ['neighborhood', 'status', 'id'] },
    { properties: ['reporter', 'id'] },
    { properties: ['item'] },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    neighborhood: () => p.manyToOne(NeighborhoodEntity).ref().index(false),
    reporter: () => p.manyToOne(UserEntity).ref().index(false),
    /** The reported user: a person, the owner of an item, or the author of a message. */
    person: () => p.manyToOne(UserEntity).ref(),
    item: () => p.manyToOne(ItemEntity).ref().nullable(),
    message: () => p.manyToOne(MessageEntity).ref().nullable().index(),
    reason: p.text(),
    status: p.string().$type<ReportStatus>(),
    resolution: p.text().nullable(),
    resolvedBy: () => p.manyToOne(UserEntity).ref().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    resolvedAt: p.datetime(3).nullable(),
  },
});

/** A row of `reports`. */
export type ReportRow = InferEntity<typeof ReportEntity>;

/** The `Report` of schema.graphql. */
export type Report = Omit<
  ReportRow,
  'neighborhood' | 'reporter' | 'person' | 'item' | 'message' | 'resolvedBy'
> & {
  neighborhoodId: string;
  reporterId: string;
  personId: string;
  itemId: string | null;
  messageId: string | null;
  resolvedById: string | null;
  /** Whether the viewer reads it as a steward, who sees the names of all concerned. */
  isReviewer: boolean;
};
