import { defineEntity, p } from '@mikro-orm/core';
import { PhotoEntity } from '../photos/photo.entity';
import { ItemEntity } from './item.entity';

/** The pictures of an item and their order. A picture belongs to one item at most. */
export const ItemPhotoEntity = defineEntity({
  name: 'ItemPhoto',
  tableName: 'item_photos',
  properties: {
    item: () => p.manyToOne(ItemEntity).ref().primary().index(false),
    /** From 0, the picture for lists. */
    position: p.integer().primary(),
    photo: () => p.manyToOne(PhotoEntity).ref().unique().index(false),
  },
});
