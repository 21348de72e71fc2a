import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createApp, type App } from '../app';
import type { Config } from '../config';
import { openDatabase } from '../database/database';
import { entities } from '../entities';
import { createPasswords } from '../passwords/passwords';
import type { Album } from '../seed/album';
import { seed } from '../seed/seed';
import { buildMockSchema } from './mockSchema';
import { openObjects } from './objects';
import { readOrder } from './rows.reads';

/** The settings of a mock server. */
export type MockOptions = {
  /** File of the schema. */
  schemaFile: string;
  /** Called with a sentence about what the schema has and the code does not have yet, or no longer. */
  warn: (sentence: string) => void;
  /** Pictures of the seed; drawn on demand if omitted. */
  album?: Album;
};

/**
 * Assembles the server of the API on a database of its own, filled by the seed, with a schema of which the
 * code may implement only a part. What an earlier start has left in the folder is used again.
 * @param config as of the API; its folder gets a subfolder, and its database is not used
 * @throws Error that names each mistake in the schema
 */
export async function createMockApp(
  config: Config,
  { schemaFile, warn, album }: MockOptions,
): Promise<App> {
  const dataDir = path.join(config.dataDir, 'mock');
  const own: Config = {
    ...config,
    dataDir,
    databaseUrl: null,
    // Writes mails to the folder: the people of the seed are made up.
    smtpServer: null,
    metricsPort: null,
  };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const objects = openObjects(path.join(dataDir, 'objects.json'));
  // Filled in by the seed, which takes its time: mistakes in the schema are reported before.
  const order: Record<string, number> = {};
  const schema = buildMockSchema(
    await readFile(schemaFile, 'utf8'),
    { objects, order },
    warn,
  );
  Object.assign(order, await fill(own, album));
  return createApp(own, undefined, schema);
}

/**
 * Fills an empty database.
 * @returns the numbers of the seed's rows by their ids
 */
async function fill(
  config: Config,
  album: Album | undefined,
): Promise<Record<string, number>> {
  // Written last: a seed that was interrupted is done again.
  const file = path.join(config.dataDir, 'order.json');
  if (existsSync(file))
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, number>;
  const database = await openDatabase(config, entities);
  const passwords = createPasswords(config.bcryptCost, 1);
  try {
    await seed(database.orm.em.fork(), passwords, album);
    const order = await readOrder(database.reads);
    await writeFile(file, JSON.stringify(order));
    return order;
  } finally {
    passwords.close();
    await database.close();
  }
}
