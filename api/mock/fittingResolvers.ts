import { isObjectType, type GraphQLSchema } from 'graphql';
import { resolvers, scalars } from '../graphql/schema';
import { notWritten } from '../notWritten';

type TypeResolvers = Readonly<Record<string, unknown>>;

/**
 * Leaves out the resolvers that are not written yet, and those of types and fields that the schema no longer
 * has, as while they are renamed.
 * @param warn called with the name of each of the latter, as `Recipe.tools`
 * @param all the resolvers of the API where omitted
 */
export const fittingResolvers = (
  schema: GraphQLSchema,
  warn: (name: string) => void,
  all: readonly Record<string, TypeResolvers>[] = [scalars, ...resolvers],
): Record<string, TypeResolvers>[] =>
  all.map((each) =>
    Object.fromEntries(
      Object.entries<TypeResolvers>(each).flatMap(([typeName, fields]) => {
        const type = schema.getType(typeName);
        if (!type) {
          warn(typeName);
          return [];
        }
        if (!isObjectType(type)) return [[typeName, fields]];
        const fitting = Object.entries(fields).filter(([name, resolver]) => {
          if (!isWritten(resolver)) return false;
          const isKnown = name in type.getFields();
          if (!isKnown) warn(`${typeName}.${name}`);
          return isKnown;
        });
        return [[typeName, Object.fromEntries(fitting)]];
      }),
    ),
  );

/** Tells whether a resolver, or the beginning of a subscription, is written. */
const isWritten = (resolver: unknown): boolean =>
  resolver !== notWritten &&
  (resolver as { subscribe?: unknown } | null)?.subscribe !== notWritten;
