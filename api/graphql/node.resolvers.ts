import { validate as isUuid } from 'uuid';
import type { Resolvers, ResolversTypes } from '../generated/types';
import { readNodeType, type NodeType } from './node.reads';

/** Query that finds an object of a type. It decides what the viewer can see. */
const QUERIES: Record<NodeType, string> = {
  User: 'user',
  Neighborhood: 'neighborhood',
  Item: 'item',
  Recipe: 'recipe',
  Loan: 'loan',
};

/** Resolver of an object of any type by its id. */
export const nodeResolvers = {
  Query: {
    async node(_, { id: given }, context, info) {
      if (!isUuid(given)) return null;
      const id = given.toLowerCase();
      const __typename = await readNodeType(context.reads, id);
      const query =
        __typename &&
        info.schema.getQueryType()?.getFields()[QUERIES[__typename]];
      const found = (await query?.resolve?.({}, { id }, context, info)) as
        Awaited<ResolversTypes['Node']> | null | undefined;
      return found ? { ...found, __typename } : null;
    },
  },
} satisfies Resolvers;
