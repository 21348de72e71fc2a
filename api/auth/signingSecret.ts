import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The signing secret of an installation that was given none: made on first start and kept in
 * `dataDir`, readable by its owner alone. Two processes that start at once end up with the same.
 */
export async function signingSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'jwt-secret');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await createOnce(file, randomBytes(32).toString('hex'));
  await chmod(file, 0o600);
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 64)
    throw new Error(
      `${file} is damaged: delete it, and everybody logs in anew`,
    );
  return secret;
}

/** The file appears whole or not at all: a link to one that was written before. */
async function createOnce(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
