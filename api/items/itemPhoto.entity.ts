import { defineEntity, p } from '@mikro-orm/core';
import { PhotoEntity } from '../photos/photo.entity';
import { ItemEntity } from './item.entity';

/** Which pictures an item has, and in which order. A picture belongs to one item at most. */
export const ItemPhotoEntity = defineEntity({
  name: 'ItemPhoto',
  tableName: 'item_photos',
  properties: {
    item: () => p.manyToOne(ItemEntity).ref().primary(),
    /** From 0, which is the one for lists. */
    position: p.integer().primary(),
    photo: () => p.manyToOne(PhotoEntity).ref().unique(),
  },
});
