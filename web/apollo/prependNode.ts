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
 * Prepends a new entity to the lists of its neighborhood. Lists with a search or a filter
 * are evicted and fetched again: only the server knows whether the entity belongs to them.
 * @param entity the result of the mutation that created it
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
