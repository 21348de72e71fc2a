import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { SignedInContext } from '../context';
import type { Allowance } from '../limits/counter';
import { text } from '../language/text';

/** The arguments of `@rateLimit`. */
export interface Limit {
  times: number;
  minutes: number;
  sharedWith?: string;
}

/**
 * Counts the calls of fields with `@rateLimit` per user, before the field runs. Must be wrapped by
 * `requireUser`, which guarantees a viewer.
 * @returns a new schema
 */
export function rateLimit(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.MUTATION_ROOT_FIELD]: (field, name) => {
      const [limit] = getDirective(schema, field, 'rateLimit') ?? [];
      if (!limit) return field;
      const { times, minutes, sharedWith } = limit as Limit;
      const allowance: Allowance = {
        name: sharedWith ?? name,
        times,
        seconds: minutes * 60,
        refusal: text('graphql.tooManyRequests'),
      };
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        async resolve(source: unknown, args, context: SignedInContext, info) {
          await context.throttle.count(allowance, context.viewer.userId);
          return resolve(source, args, context, info);
        },
      };
    },
  });
}
