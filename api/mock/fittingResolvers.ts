import { isObjectType, type GraphQLSchema } from 'graphql';
import { resolvers, scalars } from '../graphql/schema';

type TypeResolvers = Readonly<Record<string, unknown>>;

/**
 * Leaves out the resolvers of types and fields that the schema no longer has, as while they are renamed.
 * @param warn called with the name of each, as `Recipe.tools`
 */
export const fittingResolvers = (
  schema: GraphQLSchema,
  warn: (name: string) => void,
): Record<string, TypeResolvers>[] =>
  [scalars, ...resolvers].map((each) =>
    Object.fromEntries(
      Object.entries<TypeResolvers>(each).flatMap(([typeName, fields]) => {
        const type = schema.getType(typeName);
        if (!type) {
          warn(typeName);
          return [];
        }
        if (!isObjectType(type)) return [[typeName, fields]];
        const fitting = Object.entries(fields).filter(([name]) => {
          const isKnown = name in type.getFields();
          if (!isKnown) warn(`${typeName}.${name}`);
          return isKnown;
        });
        return [[typeName, Object.fromEntries(fitting)]];
      }),
    ),
  );
