import { LAST_ID } from '../pagination';
import type { Reads } from '../database/reads';
import type { Sql } from '../database/sql';
import {
  readProfile,
  SECTIONS,
  withIsoDates,
  type Fields,
  type SectionPage,
} from './exportSections.reads';

/** Number of rows read at once. */
const PAGE_SIZE = 100;

/**
 * Exports everything that a user has entered, as one JSON text in pieces. A piece is read when the
 * previous one has been consumed, so a large account takes no more memory than a small one. Of other
 * users it contains name and username, and nothing that they wrote.
 * @returns null where the user no longer exists
 */
export async function exportAccount(
  reads: Reads,
  userId: string,
): Promise<AsyncGenerator<string> | null> {
  const profile = await readProfile(reads, userId);
  return profile && exportChunks(reads, userId, profile);
}

async function* exportChunks(reads: Reads, userId: string, profile: object) {
  const exportedAt = new Date().toISOString();
  yield `{\n"exportedAt": ${JSON.stringify(exportedAt)},\n"profile": ${JSON.stringify(profile)}`;
  for (const { name, select, toEntry = unchanged } of SECTIONS) {
    yield `,\n"${name}": [`;
    let separator = '\n';
    for await (const { id, ...fields } of rowsOf(reads, select, userId)) {
      const entry = await toEntry(withIsoDates(fields), id, reads);
      yield separator + JSON.stringify(entry);
      separator = ',\n';
    }
    yield '\n]';
  }
  yield '\n}\n';
}

const unchanged = (fields: Fields): object => fields;

type Row = { id: string } & Fields;

/** Yields the rows of a section, newest first, a page at a time. */
async function* rowsOf(
  reads: Reads,
  select: (page: SectionPage) => Sql,
  userId: string,
): AsyncGenerator<Row> {
  for (let after = LAST_ID; ;) {
    const rows = await reads.all<Row>(
      select({ userId, after, size: PAGE_SIZE }),
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = last.id;
  }
}
