import {
  getLocation,
  type GraphQLField,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import type { Resolvers, ResolversParentTypes } from '../generated/types';

/** Names of the object types of the schema: scalars and directives are others. */
type TypeName = {
  [Type in keyof Resolvers & keyof ResolversParentTypes]: NonNullable<
    Resolvers[Type]
  > extends GraphQLScalarType
    ? never
    : Type;
}[keyof Resolvers & keyof ResolversParentTypes];

/** Fields of a type as they are in schema.graphql. */
type Field<Type extends TypeName> = Exclude<
  keyof NonNullable<Resolvers[Type]>,
  `__${string}` | symbol | number
>;

/** Fields of a type for which one of several objects has a resolver. */
type Resolved<Type extends TypeName, Each> =
  Each extends Record<Type, infer Fields> ? keyof Fields : never;

/** Fields that have neither a resolver nor a property of that name in their model, as `Recipe.servings`. */
type Unresolved<All extends readonly Resolvers[]> = {
  [Type in TypeName]: `${Type}.${Exclude<
    Field<Type>,
    keyof ResolversParentTypes[Type] | Resolved<Type, All[number]>
  >}`;
}[TypeName];

/**
 * Type that a list of resolvers satisfies where every field of the schema has a resolver, or a property of
 * its name in the model of its type (`mappers` in codegen.ts). The compiler's message names the others.
 */
export type Complete<All extends readonly Resolvers[]> =
  Unresolved<All> extends infer Missing
    ? [Missing] extends [never]
      ? readonly Resolvers[]
      : Record<Missing & string, 'has no resolver'>
    : never;

/**
 * Checks that every root field has a resolver. The generated types may be older than the schema, and a
 * field without one would be null.
 * @throws Error naming the field
 */
export function assertResolved(schema: GraphQLSchema): void {
  const types = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ];
  for (const type of types)
    for (const field of Object.values(type?.getFields() ?? {})) {
      const isResolved =
        type === schema.getSubscriptionType() ? field.subscribe : field.resolve;
      if (!isResolved)
        throw new Error(
          `${placeOf(field)} ${type?.name}.${field.name} has no resolver`,
        );
    }
}

const placeOf = ({ astNode }: GraphQLField<unknown, unknown>): string => {
  const loc = astNode?.name.loc;
  return loc
    ? `schema.graphql:${getLocation(loc.source, loc.start).line}`
    : 'schema.graphql';
};
