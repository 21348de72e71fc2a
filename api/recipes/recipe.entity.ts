import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { UserEntity, type User } from '../users/user.entity';

/** A cooking recipe, shared by its author. */
export const RecipeEntity = defineEntity({
  name: 'Recipe',
  tableName: 'recipes',
  indexes: [
    { properties: ['neighborhood', 'id'] },
    { properties: ['author', 'id'] },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    author: () => p.manyToOne(UserEntity).ref().index(false),
    neighborhood: () => p.manyToOne(NeighborhoodEntity).ref().index(false),
    title: p.string(),
    instructions: p.text(),
    /** Folded words of title and instructions, on which the search index is built: see `searchWords()`. */
    searchWords: p.text().default(''),
    minutesToComplete: p.integer(),
    /** Tools, one on each line. */
    tools: p.text().default(''),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p.datetime(3),
  },
});

/** A row of `recipes`. */
export type RecipeRow = InferEntity<typeof RecipeEntity>;

/** The `Recipe` of schema.graphql; its instructions are loaded on demand. */
export type Recipe = Pick<
  RecipeRow,
  'id' | 'title' | 'minutesToComplete' | 'tools' | 'createdAt' | 'updatedAt'
> & { neighborhoodId: string; instructions?: string; author: User };
