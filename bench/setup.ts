import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signUp } from './client';
import { apiEntry, compile } from './compile';
import { neighborhoods } from './neighborhoods';
import type { Server } from './servers';
import { startServer } from './servers';
import { fillDatabase } from './fillDatabase';

/** bcrypt cost, as in production. */
export const bcryptCost = 12;

/** A filled database, and functions that start servers on it. */
export interface BenchSetup {
  /** Access token of the account. */
  token: string;
  /** Starts the built API; `nodeOptions` go before its entry. */
  startApi: (...nodeOptions: string[]) => Promise<Server>;
  /** Starts the baseline. */
  startBaseline: () => Promise<Server>;
  /** Removes the database. */
  clear: () => void;
}

/**
 * Makes a database in a temporary folder: the API migrates it and signs the person
 * up, and then it is filled.
 */
export async function prepareSetup(): Promise<BenchSetup> {
  const folder = mkdtempSync(join(tmpdir(), 'neighborshare-bench-'));
  const secret = randomBytes(32).toString('hex');
  const env = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: folder,
    JWT_SECRET: secret,
    BCRYPT_COST: `${bcryptCost}`,
  };
  const startApi = (...nodeOptions: string[]) =>
    startServer([...nodeOptions, apiEntry], env);
  const clear = () => rmSync(folder, { recursive: true, force: true });
  try {
    const api = await startApi();
    const token = await signUp(api).finally(api.stop);
    const file = databaseIn(folder);
    await fillDatabase(file);
    const startBaseline = () =>
      startServer([compile('baseline')], {
        ...env,
        DATABASE_FILE: file,
        NEIGHBORHOOD: neighborhoods.large.id,
      });
    return { token, startApi, startBaseline, clear };
  } catch (error) {
    clear();
    throw error;
  }
}

function databaseIn(folder: string): string {
  const file = readdirSync(folder)
    .map((name) => join(folder, name))
    .find(isDatabase);
  if (!file) throw new Error(`The API made no SQLite file in ${folder}.`);
  return file;
}

function isDatabase(file: string): boolean {
  const head = Buffer.alloc(15);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, head);
  return head.toString('latin1') === 'SQLite format 3';
}
