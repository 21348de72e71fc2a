import type { Reads } from '../database/reads';
import { sql } from '../database/sql';

/** Types whose objects `Query.node` finds. */
export type NodeType = 'User' | 'Neighborhood' | 'Item' | 'Recipe' | 'Loan';

/**
 * Reads the type of the object with an id, whether the viewer can see it or not.
 * @param id a UUID in lower case
 * @returns null where there is none
 */
export async function readNodeType(
  reads: Reads,
  id: string,
): Promise<NodeType | null> {
  const [row] = await reads.all<{ type: NodeType }>(
    sql`select 'User' as type from users where id = ${id}
    union all select 'Neighborhood' from neighborhoods where id = ${id}
    union all select 'Item' from items where id = ${id}
    union all select 'Recipe' from recipes where id = ${id}
    union all select 'Loan' from loans where id = ${id}`,
  );
  return row?.type ?? null;
}
