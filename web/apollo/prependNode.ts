import type {
  ApolloCache,
  ModifierDetails,
  Reference,
  StoreObject,
} from '@apollo/client/cache';

/** A list as the cache holds it. */
type List = { edges: { __typename: string; node: Reference }[] };

/** The arguments that tell the lists of neighborhoods apart. */
type Arguments = {
  neighborhoodId?: string;
  search?: unknown;
  filter?: unknown;
};

/**
 * Puts what was just made on top of the lists of its neighborhood. To which of those that
 * were searched it belongs, only the server knows: they are asked for anew.
 * @param entity what came back from the mutation that made it
 */
export function prependNode(
  cache: ApolloCache,
  name: 'recipes' | 'items',
  neighborhoodId: string,
  entity: StoreObject & { __typename?: string },
): void {
  const modify = (list: List | Reference, details: ModifierDetails) => {
    const { search, filter, ...where } = argumentsOf(details);
    const node = details.toReference(entity);
    if (details.isReference(list) || !node) return list;
    if (where.neighborhoodId !== neighborhoodId) return list;
    if (isGiven(search) || isGiven(filter)) return details.DELETE;
    const edge = { __typename: `${entity.__typename ?? ''}Edge`, node };
    return { ...list, edges: [edge, ...list.edges] };
  };
  cache.modify<Record<typeof name, List>>({ fields: { [name]: modify } });
}

const isGiven = (argument: unknown) => argument != null && argument !== '';

/** The cache keeps them in the name: `recipes:{"first":12,"neighborhoodId":"…"}`. */
function argumentsOf({ fieldName, storeFieldName }: ModifierDetails) {
  const json = storeFieldName.slice(fieldName.length + 1);
  return JSON.parse(json === '' ? '{}' : json) as Arguments;
}
