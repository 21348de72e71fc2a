import { LAST_ID } from '../pagination';
import type { Moment, Reads } from '../database/reads';
import { readPicture, SECTIONS, type Fields } from './exportSections';

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
  for (const { name, sql, toEntry = unchanged } of SECTIONS) {
    yield `,\n"${name}": [`;
    let separator = '\n';
    for await (const { id, ...fields } of rowsOf(reads, sql, userId)) {
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
  sql: string,
  userId: string,
): AsyncGenerator<Row> {
  for (let after = LAST_ID; ;) {
    const rows = await reads.all<Row>(sql, [userId, after, PAGE_SIZE]);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = last.id;
  }
}

/** Moments are what SQL calls `...At`; each database gives them back in its own way. */
const withIsoDates = (fields: Fields): Fields => ({
  ...fields,
  ...Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => name.endsWith('At') && value !== null)
      .map(([name, value]) => [name, new Date(value as Moment).toISOString()]),
  ),
});

async function readProfile(
  reads: Reads,
  userId: string,
): Promise<object | null> {
  const [row] = await reads.all<Fields & { photoId: string | null }>(
    `select u.id, u.username, u.name, u.about, u.address, u.phone, u.email,
      u.unverified_email as "unverifiedEmail", u.reminders_by_email as "remindersByEmail",
      u.created_at as "createdAt", u.photo_id as "photoId"
    from users u where u.id = ? and u.deleted_at is null`,
    [userId],
  );
  if (!row) return null;
  const { photoId, ...profile } = row;
  return {
    ...withIsoDates(profile),
    remindersByEmail: Boolean(profile.remindersByEmail),
    photo: photoId && (await readPicture(reads, photoId)),
  };
}
