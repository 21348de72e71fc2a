import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';

/**
 * Cuts every list after the `assumedSize` of its `@listSize`, so that no operation returns more than its
 * cost was computed with. The reads have the same limits; this holds them for lists that are added later.
 * @returns a new schema
 */
export const limitLists = (schema: GraphQLSchema): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => {
      const rule = getDirective(schema, field, 'listSize')?.[0] as
        { assumedSize?: number; slicingArguments?: string[] } | undefined;
      const most = rule?.assumedSize;
      if (most === undefined || rule?.slicingArguments) return field;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve: async (...args: Parameters<typeof resolve>) => {
          const list: unknown = await resolve(...args);
          return Array.isArray(list) && list.length > most
            ? list.slice(0, most)
            : list;
        },
      };
    },
  });
