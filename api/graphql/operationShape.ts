import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Structure of an operation, independent of its variables. */
export type OperationShape = {
  /** Deepest nesting of fields. */
  depth: number;
  aliases: number;
  directives: number;
};

const EMPTY_SHAPE: OperationShape = { depth: 0, aliases: 0, directives: 0 };

/**
 * Measures the shape of an operation. A fragment counts wherever it is spread but is measured once, so
 * that the work is linear in the length of the document. An introspection field counts as one field:
 * GraphQL itself limits its depth, and Sandbox uses deep ones.
 * @param document validated, so that fragments contain no cycles
 */
export function operationShape(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationShape {
  const fragments = fragmentsOf(document);
  const fragmentShapes = new Map<string, OperationShape>();

  const selectionSetShape = (
    set: SelectionSetNode | undefined,
  ): OperationShape =>
    (set?.selections ?? []).map(selectionShape).reduce(combine, EMPTY_SHAPE);

  function selectionShape(selection: SelectionNode): OperationShape {
    const directives = selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      const within = selection.name.value.startsWith('__')
        ? EMPTY_SHAPE
        : selectionSetShape(selection.selectionSet);
      return {
        depth: within.depth + 1,
        aliases: within.aliases + (selection.alias ? 1 : 0),
        directives: within.directives + directives,
      };
    }
    const within =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selectionSetShape(selection.selectionSet)
        : fragmentShape(selection.name.value);
    return { ...within, directives: within.directives + directives };
  }

  function fragmentShape(name: string): OperationShape {
    const counted =
      fragmentShapes.get(name) ??
      selectionSetShape(fragments.get(name)?.selectionSet);
    fragmentShapes.set(name, counted);
    return counted;
  }

  const shape = selectionSetShape(operation.selectionSet);
  return {
    ...shape,
    directives: shape.directives + (operation.directives?.length ?? 0),
  };
}

const combine = (
  one: OperationShape,
  other: OperationShape,
): OperationShape => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
});

/** Maps the fragments of a document by their names. */
export const fragmentsOf = (
  document: DocumentNode,
): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
