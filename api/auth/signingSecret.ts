import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Reads the signing secret of an installation without `JWT_SECRET`: created on the first start and kept
 * in `dataDir`, readable by its owner only. Processes that start concurrently get the same.
 */
export async function signingSecret(dataDir: string): Promise<string> {
  const file = secretFile(dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await createOnce(file, randomBytes(32).toString('hex'));
  await chmod(file, 0o600);
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 64)
    throw new Error(`${file} is damaged: delete it, which logs out all users`);
  return secret;
}

/** File of the generated secret. */
export const secretFile = (dataDir: string) => path.join(dataDir, 'jwt-secret');

/** Creates a file atomically, by linking a complete draft; an existing file is kept. */
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
