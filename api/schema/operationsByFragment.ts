import { Kind, visit, type ASTNode } from 'graphql';
import type { Definition } from './documents';

/**
 * Lists the operations that contain each fragment, also through others.
 * @returns operations, as `query Items`, by project and name of the fragment, as `web ItemCard_item`
 */
export function operationsByFragment(
  definitions: readonly Definition[],
): ReadonlyMap<string, readonly string[]> {
  const spreads = new Map<string, string[]>();
  for (const { project, node } of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION)
      spreads.set(`${project} ${node.name.value}`, spreadsIn(node, project));
  const found = new Map<string, string[]>();
  for (const { project, node } of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const operation = `${node.operation} ${node.name?.value ?? 'without a name'}`;
    const pending = spreadsIn(node, project);
    const seen = new Set(pending);
    for (const fragment of pending) {
      found.set(fragment, [...(found.get(fragment) ?? []), operation]);
      for (const next of spreads.get(fragment) ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          pending.push(next);
        }
    }
  }
  return found;
}

function spreadsIn(node: ASTNode, project: string): string[] {
  const names = new Set<string>();
  visit(node, {
    FragmentSpread: ({ name }) => {
      names.add(`${project} ${name.value}`);
    },
  });
  return [...names];
}
