import type { Orm } from '../orm';

/** Runs a statement with `?` for each value. @returns its rows */
export type Query = <Row>(
  statement: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

/** Connection pool or transaction of the ORM's query builder. */
type Knex = ReturnType<ReturnType<Orm['em']['getConnection']>['getKnex']>;

/** Returns the statements of a pool or transaction on PostgreSQL, past the ORM's entities. */
export const queryOf =
  (knex: Pick<Knex, 'raw'>): Query =>
  async <Row>(statement: string, values: readonly unknown[] = []) => {
    try {
      const { rows } = await knex.raw<{ rows: Row[] }>(
        statement,
        values as string[],
      );
      return rows;
    } catch (error) {
      throw withoutStatement(error as Error);
    }
  };

/** Removes the statement that Knex puts before the message, as it contains the values of rows. */
function withoutStatement(error: Error): Error {
  error.message = error.message.split(' - ').at(-1) ?? '';
  return error;
}

/**
 * Runs work in one transaction on PostgreSQL, without time limits: a copy takes as long as it takes.
 * @param isSnapshot whether it only reads, everything as of one moment
 */
export function inPostgres<T>(
  orm: Orm,
  isSnapshot: boolean,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const knex = orm.em.getConnection().getKnex();
  return knex.transaction(
    async (transaction) => {
      const query = queryOf(transaction);
      await query(
        'set local statement_timeout = 0; set local lock_timeout = 0; set local idle_in_transaction_session_timeout = 0',
      );
      return work(query);
    },
    isSnapshot ? { isolationLevel: 'repeatable read', readOnly: true } : {},
  );
}

/** Reasons why nothing was copied, which the operator can resolve. The message is one sentence or more. */
export class CopyRefused extends Error {}
