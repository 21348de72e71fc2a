import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/**
 * Returns the anchor of what a text names: a type as `Loan`, a field or value as `Loan.status`, a field
 * of a root type as `requestLoan`, or a directive as `@cost`. Null for any other text.
 */
export function anchorOf(schema: GraphQLSchema, text: string): string | null {
  if (text.startsWith('@'))
    return schema.getDirective(text.slice(1)) ? text : null;
  const [typeName = '', member] = text.split('.');
  const type = schema.getType(typeName);
  if (type && !typeName.startsWith('__'))
    return member === undefined || hasMember(type, member) ? text : null;
  const root = rootTypes(schema).find((each) => hasMember(each, text));
  return root ? `${root.name}.${text}` : null;
}

/** Lists the types of queries, mutations and subscriptions. */
export const rootTypes = (schema: GraphQLSchema) =>
  [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ].filter((type) => type != null);

/** Tells whether a type has a field or value of this name. */
function hasMember(type: GraphQLNamedType, name: string): boolean {
  if (isEnumType(type)) return type.getValue(name) != null;
  return (
    (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) &&
    name in type.getFields()
  );
}
