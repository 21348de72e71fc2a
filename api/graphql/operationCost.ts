import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  GRAPHQL_MAX_INT,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { fragmentsOf } from './operationShape';

/** Values of the variables on which a cost depends. */
export type CostVariables = ReadonlyMap<string, number | boolean | null>;

/** Arguments of a field's `@cost` and `@listSize` in schema.graphql. */
export type CostRule = {
  weight: number;
  assumedSize: number;
  slicingArguments: readonly string[];
  sizedFields: readonly string[];
};

/** Size that a parent field gives to the lists below it. */
type ListSize = { fields: readonly string[]; size: number };

const NO_LIST: ListSize = { fields: [], size: 1 };

/**
 * Computes the maximum cost of an operation, by `@cost` and `@listSize` in schema.graphql. A field
 * counts wherever it is selected, unless it is skipped. A fragment is computed once for each size of
 * the list around it. Introspection costs nothing.
 * @param document validated
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  sizes: CostVariables,
): number {
  const fragments = fragmentsOf(document);
  const fragmentCosts = new Map<string, number>();

  function selectionSetCost(
    set: SelectionSetNode | undefined,
    typeName: string,
    sized: ListSize,
  ): number {
    let cost = 0;
    for (const selection of set?.selections ?? [])
      if (!isSkipped(selection, sizes))
        cost += selectionCost(selection, typeName, sized);
    return cost;
  }

  function selectionCost(
    selection: SelectionNode,
    typeName: string,
    sized: ListSize,
  ): number {
    if (selection.kind === Kind.FIELD)
      return fieldCost(selection, typeName, sized);
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      return fragmentCost(selection.name.value, sized);
    const { typeCondition, selectionSet } = selection;
    return selectionSetCost(
      selectionSet,
      typeCondition?.name.value ?? typeName,
      sized,
    );
  }

  function fragmentCost(name: string, sized: ListSize): number {
    const fragment = fragments.get(name);
    if (!fragment) return 0;
    const key = [name, sized.size, ...sized.fields].join(' ');
    const cost =
      fragmentCosts.get(key) ??
      selectionSetCost(
        fragment.selectionSet,
        fragment.typeCondition.name.value,
        sized,
      );
    fragmentCosts.set(key, cost);
    return cost;
  }

  function fieldCost(
    node: FieldNode,
    typeName: string,
    sized: ListSize,
  ): number {
    const name = node.name.value;
    const type = schema.getType(typeName);
    const field =
      isObjectType(type) || isInterfaceType(type)
        ? type.getFields()[name]
        : undefined;
    if (!field) return 0;
    const rule = costRule(schema, field);
    const size = listSize(node, field, rule, sizes);
    const within = selectionSetCost(
      node.selectionSet,
      getNamedType(field.type).name,
      rule.sizedFields.length > 0
        ? { fields: rule.sizedFields, size }
        : NO_LIST,
    );
    const own = rule.sizedFields.length > 0 ? 1 : size;
    const times = sized.fields.includes(name) ? sized.size : own;
    return times * (rule.weight + within);
  }

  const root = schema.getRootType(operation.operation);
  return root
    ? selectionSetCost(operation.selectionSet, root.name, NO_LIST)
    : 0;
}

const rules = new WeakMap<GraphQLField<unknown, unknown>, CostRule>();

/** Returns how a field counts: its `@cost` and `@listSize`, or their defaults. */
export function costRule(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
): CostRule {
  const known = rules.get(field);
  if (known) return known;
  const argumentsOf = (directive: string) =>
    getDirective(schema, field, directive)?.[0] ?? {};
  const { weight } = argumentsOf('cost') as { weight?: string };
  const rule = {
    weight: Number(weight ?? isCompositeType(getNamedType(field.type))),
    assumedSize: 1,
    slicingArguments: [],
    sizedFields: [],
    ...(argumentsOf('listSize') as Partial<CostRule>),
  };
  rules.set(field, rule);
  return rule;
}

/** Returns the number of requested entries. An invalid size counts as missing, as the field refuses it. */
function listSize(
  { arguments: given = [] }: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { slicingArguments, assumedSize }: CostRule,
  sizes: CostVariables,
): number {
  if (slicingArguments.length === 0) return assumedSize;
  const asked = slicingArguments.flatMap((name) => {
    const value = given.find((argument) => argument.name.value === name)?.value;
    const usual = field.args.find((argument) => argument.name === name);
    return [value && valueOf(value, sizes), usual?.defaultValue].find(isSize);
  });
  return Math.max(...asked.filter(isSize), 0) || assumedSize;
}

const isSize = (value: unknown): value is number =>
  Number.isInteger(value) &&
  Number(value) > 0 &&
  Number(value) <= GRAPHQL_MAX_INT;

function isSkipped(
  { directives = [] }: SelectionNode,
  sizes: CostVariables,
): boolean {
  if (directives.length === 0) return false;
  const textOf = ({ name, arguments: given = [] }: DirectiveNode) =>
    [name.value, given[0] && valueOf(given[0].value, sizes)].join();
  return directives
    .map(textOf)
    .some((text) => text === 'skip,true' || text === 'include,false');
}

function valueOf(node: ValueNode, sizes: CostVariables): unknown {
  if (node.kind === Kind.VARIABLE) return sizes.get(node.name.value);
  if (node.kind === Kind.BOOLEAN) return node.value;
  return node.kind === Kind.INT ? Number(node.value) : undefined;
}
