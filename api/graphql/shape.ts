import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How an operation is built, whatever its variables say. */
export type Shape = {
  /** How many fields lie within each other at the most. */
  depth: number;
  aliases: number;
  directives: number;
};

const NOTHING: Shape = { depth: 0, aliases: 0, directives: 0 };

/**
 * The shape of an operation. A fragment counts wherever it is spread and is looked at once, so that
 * fragments within fragments cannot make more work than they are long. What asks for the schema
 * counts as one field: GraphQL itself limits how deep that goes, and Sandbox goes deep.
 * @param document valid, so without fragments that lead back to themselves
 */
export function shapeOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Shape {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Shape>();

  const ofAll = (set: SelectionSetNode | undefined): Shape =>
    (set?.selections ?? []).map(ofOne).reduce(beside, NOTHING);

  function ofOne(selection: SelectionNode): Shape {
    const directives = selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      const within = selection.name.value.startsWith('__')
        ? NOTHING
        : ofAll(selection.selectionSet);
      return {
        depth: within.depth + 1,
        aliases: within.aliases + (selection.alias ? 1 : 0),
        directives: within.directives + directives,
      };
    }
    const within =
      selection.kind === Kind.INLINE_FRAGMENT
        ? ofAll(selection.selectionSet)
        : ofFragment(selection.name.value);
    return { ...within, directives: within.directives + directives };
  }

  function ofFragment(name: string): Shape {
    const counted = known.get(name) ?? ofAll(fragments.get(name)?.selectionSet);
    known.set(name, counted);
    return counted;
  }

  const shape = ofAll(operation.selectionSet);
  return {
    ...shape,
    directives: shape.directives + (operation.directives?.length ?? 0),
  };
}

const beside = (one: Shape, other: Shape): Shape => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
});

/** The fragments of a document by their names. */
export const fragmentsOf = (
  document: DocumentNode,
): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
