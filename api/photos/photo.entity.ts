import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { UserEntity } from '../users/user.entity';
import type { PhotoSize } from '../generated/types';

export type { PhotoSize };

/** An uploaded picture. An unused one is deleted after a day. */
export const PhotoEntity = defineEntity({
  name: 'Photo',
  tableName: 'photos',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    uploader: () => p.manyToOne(UserEntity).ref().index(),
    /** Of the large size, in pixels. */
    width: p.integer(),
    /** Of the large size, in pixels. */
    height: p.integer(),
    createdAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .index(),
  },
});

/** The bytes of a picture in one size, as WebP, in a table of its own, so that lists do not read them. */
export const PhotoFileEntity = defineEntity({
  name: 'PhotoFile',
  tableName: 'photo_files',
  properties: {
    photo: () =>
      p
        .manyToOne(PhotoEntity)
        .ref()
        .primary()
        .deleteRule('cascade')
        .index(false),
    size: p.string().$type<PhotoSize>().primary(),
    bytes: p.blob(),
  },
});

/** A row of `photos`. */
export type PhotoRow = InferEntity<typeof PhotoEntity>;

/** The `Photo` of schema.graphql. */
export type Photo = Pick<PhotoRow, 'id' | 'width' | 'height'>;
