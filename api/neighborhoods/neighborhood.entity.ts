import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import type { JoinPolicy, NeighborhoodAction } from '../generated/types';

export type { JoinPolicy, NeighborhoodAction };

/** A group of people who live near each other and share. Only members see its contents. */
export const NeighborhoodEntity = defineEntity({
  name: 'Neighborhood',
  tableName: 'neighborhoods',
  indexes: [
    { properties: ['timeZone', 'digestedOn'] },
    {
      // The list of neighborhoods that need no invite, which may be few of many.
      name: 'neighborhoods_open_index',
      expression:
        "create index neighborhoods_open_index on neighborhoods (id) where join_policy <> 'INVITE_ONLY'",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    name: p.string(),
    about: p.text(),
    /** Folded words of name and description, on which the search index is built: see `searchWords()`. */
    searchWords: p.text().default(''),
    /** IANA name. All days of loans here are days in it. */
    timeZone: p.string(),
    joinPolicy: p.string().$type<JoinPolicy>(),
    /** Whether members who are not stewards may create invite links, and theirs work. */
    membersMayInvite: p.boolean().default(true),
    /** The last Saturday on which the weekly digests of its members were claimed, as `2026-05-09`; empty before. */
    digestedOn: p.string().length(10).default(''),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

/** A row of `neighborhoods`. */
export type NeighborhoodRow = InferEntity<typeof NeighborhoodEntity>;

/** The `Neighborhood` of schema.graphql. */
export type Neighborhood = Omit<NeighborhoodRow, 'searchWords' | 'digestedOn'>;
