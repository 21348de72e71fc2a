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

/** How many rows are read at once. */
const PAGE_SIZE = 100;

/**
 * All that somebody has given, as one JSON text, in pieces: each is read when the one before it has
 * been taken, so that a large account takes no more memory than a small one. Of others it holds their
 * name and username, and nothing that they wrote.
 * @returns null where there is no such person any more
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

/** The rows of a section, the newest first, a page at a time. */
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
