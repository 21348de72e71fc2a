import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildASTSchema,
  getLocation,
  Kind,
  parse,
  Source,
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  type StringValueNode,
} from 'graphql';
import { PROJECT_ROOT } from '../config';

/** A type, field, argument, enum value or directive of a schema. */
export type Element = {
  /** Schema coordinate, as `Query.items(first:)`. */
  coordinate: string;
  /** Where it is declared, as `schema.graphql:12`. */
  place: string;
  directives: readonly ConstDirectiveNode[];
  /** Reason of `@deprecated`; null where it is not deprecated. */
  deprecated: string | null;
};

/** A schema as its file declares it. */
export type Contract = {
  /** Name of the file. */
  file: string;
  schema: GraphQLSchema;
  /** All elements by coordinate. */
  elements: ReadonlyMap<string, Element>;
};

/** File of the schema, at the root of the project. */
export const SCHEMA_FILE = 'schema.graphql';
/** File of the schema as it was released last. */
export const RELEASED_FILE = 'schema.released.graphql';

/** Reads a schema from a file. @throws GraphQLError where it cannot be parsed */
export const readContract = (file: string, root = PROJECT_ROOT): Contract =>
  parseContract(readFileSync(path.join(root, file), 'utf8'), file);

/** Parses a schema. @param file named in the places of its elements */
export function parseContract(text: string, file: string): Contract {
  const document = parse(new Source(text, file));
  const elements = elementsOf(document, file).map(
    (element): [string, Element] => [element.coordinate, element],
  );
  return {
    file,
    schema: buildASTSchema(document),
    elements: new Map(elements),
  };
}

/** Part of a schema that has a name. */
type Named = ASTNode & {
  readonly name: { readonly value: string; readonly loc?: ASTNode['loc'] };
  readonly directives?: readonly ConstDirectiveNode[];
};

function elementsOf(document: DocumentNode, file: string): Element[] {
  const element = (coordinate: string, node: Named): Element => ({
    coordinate,
    place: placeOf(node, file),
    directives: node.directives ?? [],
    deprecated: deprecationReason(node.directives ?? []),
  });
  const inputs = (
    owner: string,
    nodes: readonly InputValueDefinitionNode[] = [],
  ) => nodes.map((node) => element(`${owner}(${node.name.value}:)`, node));
  return document.definitions.flatMap((node) => {
    if (!('name' in node) || !node.name) return [];
    if (node.kind === Kind.DIRECTIVE_DEFINITION) {
      const coordinate = `@${node.name.value}`;
      return [
        element(coordinate, { ...node, directives: [] }),
        ...inputs(coordinate, node.arguments),
      ];
    }
    const owner = node.name.value;
    const members = [
      ...('fields' in node ? (node.fields ?? []) : []),
      ...('values' in node ? (node.values ?? []) : []),
    ];
    return [
      ...(node.kind.endsWith('Extension')
        ? []
        : [element(owner, node as Named)]),
      ...members.flatMap((member) => {
        const coordinate = `${owner}.${member.name.value}`;
        return [
          element(coordinate, member),
          ...inputs(coordinate, 'arguments' in member ? member.arguments : []),
        ];
      }),
    ];
  });
}

/** The line of a node's name: its first line may belong to the description. */
function placeOf({ name: { loc } }: Named, file: string): string {
  const line = loc ? getLocation(loc.source, loc.start).line : 1;
  return `${file}:${line}`;
}

function deprecationReason(
  directives: readonly ConstDirectiveNode[],
): string | null {
  const directive = directives.find(({ name }) => name.value === 'deprecated');
  if (!directive) return null;
  const reason = directive.arguments?.find(
    ({ name }) => name.value === 'reason',
  );
  return (reason?.value as StringValueNode | undefined)?.value ?? '';
}
