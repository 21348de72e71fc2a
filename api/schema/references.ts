import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** A reference to a type: its coordinate, and whether clients receive the type there. */
export type Reference = { coordinate: string; isOutput: boolean };

/** Lists the fields, arguments, input fields and unions that have a type. */
export const referencesTo = (
  schema: GraphQLSchema,
  name: string,
): Reference[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => referencesIn(type, name));

function referencesIn(type: GraphQLNamedType, name: string): Reference[] {
  const hasType = (each: GraphQLArgument | GraphQLInputField) =>
    getNamedType(each.type).name === name;
  if (isUnionType(type))
    return type.getTypes().some((member) => member.name === name)
      ? [{ coordinate: type.name, isOutput: true }]
      : [];
  if (isInputObjectType(type))
    return Object.values(type.getFields())
      .filter(hasType)
      .map((field) => ({
        coordinate: `${type.name}.${field.name}`,
        isOutput: false,
      }));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const coordinate = `${type.name}.${field.name}`;
    const args = field.args.filter(hasType).map((arg) => ({
      coordinate: `${coordinate}(${arg.name}:)`,
      isOutput: false,
    }));
    return getNamedType(field.type).name === name
      ? [{ coordinate, isOutput: true }, ...args]
      : args;
  });
}
