import {
  getLocation,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  Kind,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import { operationsByFragment } from './operationsByFragment';
import type { Definition, Project } from './documents';

/** A use of an element of the schema by an operation or a fragment. */
export type Use = {
  project: Project;
  /** As `web/items/ItemCard.tsx:20`. */
  place: string;
  /** As `query Items`, or `fragment ItemCard_item in query Items`. */
  user: string;
  /** False where a variable may contain it, which is known at run time alone. */
  isCertain: boolean;
};

/** Uses by schema coordinate, at most one by each operation and fragment. */
export type Uses = ReadonlyMap<string, readonly Use[]>;

/** Key of the uses of a field that leave out an argument. */
export const omitting = (coordinate: string) => `${coordinate} omitted`;

/**
 * Finds the uses of types, fields, arguments, input fields, enum values and directives. A variable uses all
 * that its type contains, as its value is known at run time alone.
 * @param schema what it does not contain is left out
 */
export function findUses(
  schema: GraphQLSchema,
  definitions: readonly Definition[],
): Uses {
  const uses = new Map<string, Map<string, Use>>();
  const operations = operationsByFragment(definitions);
  for (const definition of definitions) {
    const user = userOf(definition, operations);
    if (user === null) continue;
    visitUses(schema, definition.node, (coordinate, node, isCertain = true) => {
      const found = uses.get(coordinate) ?? new Map<string, Use>();
      uses.set(coordinate, found);
      const key = `${definition.file} ${user}`;
      if (found.has(key) && (found.get(key)?.isCertain || !isCertain)) return;
      const { project, file } = definition;
      const place = `${file}:${lineOf(node)}`;
      found.set(key, { project, place, user, isCertain });
    });
  }
  return new Map(
    [...uses].map(([coordinate, found]) => [coordinate, [...found.values()]]),
  );
}

function userOf(
  { node, project }: Definition,
  operations: ReadonlyMap<string, readonly string[]>,
): string | null {
  if (node.kind === Kind.OPERATION_DEFINITION)
    return `${node.operation} ${node.name?.value ?? 'without a name'}`;
  if (node.kind !== Kind.FRAGMENT_DEFINITION) return null;
  const name = node.name.value;
  const within = operations.get(`${project} ${name}`) ?? [];
  return `fragment ${name}${within.length > 0 ? ` in ${within.join(', ')}` : ''}`;
}

type Report = (coordinate: string, node: ASTNode, isCertain?: boolean) => void;

function visitUses(schema: GraphQLSchema, root: ASTNode, report: Report): void {
  const types = new TypeInfo(schema);
  visit(
    root,
    visitWithTypeInfo(types, {
      OperationDefinition: (node) => {
        report(node.operation, node);
      },
      Directive: (node) => {
        report(`@${node.name.value}`, node);
        for (const { name } of node.arguments ?? [])
          report(`@${node.name.value}(${name.value}:)`, node);
      },
      NamedType: (node) => {
        report(node.name.value, node);
      },
      VariableDefinition: (node) => {
        for (const part of partsOf(schema, node)) report(part, node, false);
      },
      Field(node) {
        const field = types.getFieldDef();
        const parent = types.getParentType();
        if (!field || !parent) return;
        report(getNamedType(field.type).name, node);
        const given = (node.arguments ?? []).map(({ name }) => name.value);
        for (const owner of [parent, ...implementationsOf(schema, parent)]) {
          const coordinate = `${owner.name}.${field.name}`;
          report(coordinate, node);
          for (const { name } of field.args) {
            const argument = `${coordinate}(${name}:)`;
            report(given.includes(name) ? argument : omitting(argument), node);
          }
        }
      },
      ObjectValue(node) {
        const type = getNamedType(types.getInputType());
        if (type) report(type.name, node);
      },
      ObjectField(node) {
        const parent = getNamedType(types.getParentInputType());
        if (parent) report(`${parent.name}.${node.name.value}`, node);
      },
      EnumValue(node) {
        const type = getNamedType(types.getInputType());
        if (!type) return;
        report(type.name, node);
        report(`${type.name}.${node.value}`, node);
      },
    }),
  );
}

/** Lists the input fields that a variable may set, with their types. */
function partsOf(
  schema: GraphQLSchema,
  { type }: VariableDefinitionNode,
): Set<string> {
  const found = new Set<string>();
  const add = (each: GraphQLNamedType) => {
    if (found.has(each.name)) return;
    if (isInputObjectType(each) || isEnumType(each)) found.add(each.name);
    if (!isInputObjectType(each)) return;
    for (const field of Object.values(each.getFields())) {
      found.add(`${each.name}.${field.name}`);
      add(getNamedType(field.type));
    }
  };
  const named = typeFromAST(schema, type);
  if (named) add(getNamedType(named as GraphQLOutputType));
  return found;
}

const implementationsOf = (schema: GraphQLSchema, type: GraphQLNamedType) =>
  isInterfaceType(type) ? schema.getImplementations(type).objects : [];

/** The line in the file, which the document may not begin. */
function lineOf({ loc }: ASTNode): number {
  if (!loc) return 1;
  const { source, start } = loc;
  return getLocation(source, start).line + source.locationOffset.line - 1;
}
