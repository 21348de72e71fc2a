import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { fragmentsOf } from './operationShape';

/** A deprecated element that an operation uses: its schema coordinate, and the reason of `@deprecated`. */
export type Deprecation = { element: string; reason: string };

/** Deprecated elements by coordinate, with their reasons. */
type Found = Map<string, string>;

/** The uses that a document shows by itself, and the variables whose values may say more. */
type DocumentUses = {
  found: ReadonlyMap<string, string>;
  variables: readonly { name: string; type: GraphQLInputType }[];
};

/** Cached by operation, as Apollo caches parsed documents. */
const cache = new WeakMap<OperationDefinitionNode, DocumentUses>();

/**
 * Lists the deprecated fields, arguments, input fields and enum values that an operation uses.
 * @param document validated
 * @param variables as they were sent
 */
export function deprecatedUses(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> = {},
): readonly Deprecation[] {
  let uses = cache.get(operation);
  if (!uses) {
    uses = usesIn(schema, document, operation);
    cache.set(operation, uses);
  }
  const found: Found = new Map(uses.found);
  for (const { name, type } of uses.variables)
    addFromValue(found, variables[name], type);
  return [...found].map(([element, reason]) => ({ element, reason }));
}

function usesIn(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentUses {
  const found: Found = new Map();
  const fragments = fragmentsOf(document);
  const pending: ASTNode[] = [operation];
  const seen = new Set<string>();
  for (const node of pending) {
    addFromDocument(found, schema, node);
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value);
        if (fragment && !seen.has(value)) pending.push(fragment);
        seen.add(value);
      },
    });
  }
  const variables = (operation.variableDefinitions ?? [])
    .map((definition) => ({
      name: definition.variable.name.value,
      type: typeOf(schema, definition),
    }))
    .filter(({ type }) => mayContainDeprecated(getNamedType(type)));
  return { found, variables };
}

/** @throws Error where the type is unknown, which validation refuses */
function typeOf(
  schema: GraphQLSchema,
  { type: node }: VariableDefinitionNode,
): GraphQLInputType {
  const type = typeFromAST(schema, node as NamedTypeNode);
  if (!isInputType(type)) throw new Error('A variable has no input type');
  return type;
}

function addFromDocument(
  found: Found,
  schema: GraphQLSchema,
  root: ASTNode,
): void {
  const types = new TypeInfo(schema);
  const add = (element: string, reason: string | null | undefined) => {
    if (reason != null) found.set(element, reason);
  };
  const field = () =>
    `${types.getParentType()?.name}.${types.getFieldDef()?.name}`;
  visit(
    root,
    visitWithTypeInfo(types, {
      Field() {
        add(field(), types.getFieldDef()?.deprecationReason);
      },
      Argument({ name }) {
        const directive = types.getDirective();
        const owner = directive ? `@${directive.name}` : field();
        add(`${owner}(${name.value}:)`, types.getArgument()?.deprecationReason);
      },
      ObjectField({ name }) {
        const type = getNamedType(types.getParentInputType());
        if (isInputObjectType(type))
          add(
            `${type.name}.${name.value}`,
            type.getFields()[name.value]?.deprecationReason,
          );
      },
      EnumValue({ value }) {
        add(
          `${getNamedType(types.getInputType())?.name}.${value}`,
          types.getEnumValue()?.deprecationReason,
        );
      },
    }),
  );
}

/** Adds what the value of a variable uses. Without recursion, as clients choose how deep it is. */
function addFromValue(
  found: Found,
  sent: unknown,
  sentType: GraphQLInputType,
): void {
  const pending: [value: unknown, type: GraphQLInputType][] = [
    [sent, sentType],
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [value, type] = next;
    if (value == null) continue;
    if (isNonNullType(type)) pending.push([value, type.ofType]);
    else if (isListType(type))
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
        pending.push([each, type.ofType]);
    else if (isEnumType(type) && typeof value === 'string') {
      const reason = type.getValue(value)?.deprecationReason;
      if (reason != null) found.set(`${type.name}.${value}`, reason);
    } else if (isInputObjectType(type) && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) {
        const field = Object.hasOwn(type.getFields(), name)
          ? type.getFields()[name]
          : undefined;
        if (!field) continue;
        if (field.deprecationReason != null)
          found.set(`${type.name}.${name}`, field.deprecationReason);
        if (mayContainDeprecated(getNamedType(field.type)))
          pending.push([inner, field.type]);
      }
  }
}

const containing = new WeakMap<GraphQLNamedInputType, boolean>();

/** Tells whether values of a type can have deprecated parts. */
function mayContainDeprecated(type: GraphQLNamedInputType): boolean {
  const known = containing.get(type);
  if (known !== undefined) return known;
  // Until the answer is known, for types that contain themselves.
  containing.set(type, false);
  const isSo = isEnumType(type)
    ? type
        .getValues()
        .some(({ deprecationReason }) => deprecationReason != null)
    : isInputObjectType(type) &&
      Object.values(type.getFields()).some(
        (field) =>
          field.deprecationReason != null ||
          mayContainDeprecated(getNamedType(field.type)),
      );
  containing.set(type, isSo);
  return isSo;
}
