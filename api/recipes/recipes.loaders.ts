import DataLoader from 'dataloader';
import type { Reads } from '../database/reads';

/** A statement is kept for every number up to this one. */
const MAX_BATCH_SIZE = 50;

/** The instructions of recipes by the recipes' ids. */
export type InstructionsLoader = DataLoader<string, string>;

/**
 * Instructions are long, and lists seldom show them: so a list does not read them, and whoever
 * asks for them all the same gets those of the whole page with one more statement.
 */
export function createInstructionsLoader(reads: Reads): InstructionsLoader {
  return new DataLoader(
    async (ids) => {
      const rows = await reads.all<{ id: string; instructions: string }>(
        `select id, instructions from recipes where id in (${ids.map(() => '?').join(', ')})`,
        ids,
      );
      const byId = new Map(
        rows.map(({ id, instructions }) => [id, instructions]),
      );
      // One that was deleted a moment ago still stands in this list, without its text.
      return ids.map((id) => byId.get(id) ?? '');
    },
    { maxBatchSize: MAX_BATCH_SIZE },
  );
}
