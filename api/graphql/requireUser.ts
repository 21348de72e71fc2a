import {
  collectFields,
  getDirective,
  MapperKind,
  mapSchema,
} from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getVariableValues,
  isObjectType,
  Kind,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Context } from '../context';
import { ServiceUnavailable, Unauthenticated, type ApiError } from '../errors';
import { text } from '../language/text';
import type { Authentication } from '../auth/authenticate';

/**
 * Wraps the resolver, and the subscribe function, of every field with `@requireUser`: they throw
 * where there is no viewer.
 * @returns a new schema
 */
export function requireUser(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => {
      if (!getDirective(schema, field, 'requireUser')) return field;
      const guard =
        (resolve: GraphQLFieldResolver<unknown, Context>) =>
        (
          ...[source, args, context, info]: Parameters<typeof resolve>
        ): unknown => {
          if (!context.viewer) throw authError(context);
          return resolve(source, args, context, info);
        };
      const { subscribe, resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve: guard(resolve),
        ...(subscribe && { subscribe: guard(subscribe) }),
      };
    },
  });
}

/**
 * Checks that every root field declares its access, so that nothing is public by accident.
 * @throws Error where a field is neither `@public` nor `@requireUser`, or both
 */
export function assertClassified(schema: GraphQLSchema): void {
  const types = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ];
  for (const type of types) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const isPublic = Boolean(getDirective(schema, field, 'public'));
      if (isPublic === isProtected(schema, type?.name ?? '', field.name))
        throw new Error(
          `${type?.name}.${field.name} in schema.graphql must carry either @public or @requireUser`,
        );
    }
  }
}

/**
 * Tells whether every root field of an operation needs a login, so that it is refused as a whole. An
 * operation with a public field runs, and only its protected fields are null.
 */
export function requiresUserOnly(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  inputs: Record<string, unknown>,
): boolean {
  const root = schema.getRootType(operation.operation);
  const { coerced } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    inputs,
    // Each error prints the whole value, so thousands of them would take minutes.
    { maxErrors: 1 },
  );
  // Invalid variables are reported by the execution.
  if (!root || !coerced) return false;
  const names = rootFieldNames(schema, document, operation, coerced)
    // Introspection fields do not make an operation public.
    .filter((name) => !name.startsWith('__'));
  return (
    names.length > 0 &&
    names.every((name) => isProtected(schema, root.name, name))
  );
}

/**
 * Lists the root fields of an operation, also those in fragments, without skipped ones.
 * @param variables coerced
 * @throws GraphQLError where the `if` of `@skip` or `@include` is null
 */
export function rootFieldNames(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): string[] {
  const root = schema.getRootType(operation.operation);
  if (!root) return [];
  const fragments = Object.fromEntries(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const { fields } = collectFields(
    schema,
    fragments,
    variables,
    root,
    operation.selectionSet,
  );
  return [...fields.values()].flatMap(([field]) => field?.name.value ?? []);
}

function isProtected(
  schema: GraphQLSchema,
  typeName: string,
  fieldName: string,
): boolean {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  return (
    field !== undefined && Boolean(getDirective(schema, field, 'requireUser'))
  );
}

/**
 * Creates the error for a request without a viewer.
 * @param whole true where the whole operation is refused, which then decides the HTTP status
 */
export function authError(
  { authFailure }: Pick<Authentication, 'authFailure'>,
  { whole = false } = {},
): ApiError {
  if (authFailure === 'UNKNOWN')
    return new ServiceUnavailable(text('graphql.cannotVerify'));
  return new Unauthenticated(authFailure ?? 'NO_TOKEN', { whole });
}
