import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config';
import { temporaryFolder } from '../testing/cleanUp';
import { DATABASES } from '../testing/databases';
import {
  changeDatabase,
  databaseConfig as configOf,
  like,
  textsOf,
} from '../testing/doctor';
import { backupsCheck } from './backups';
import { diskCheck, temporaryCheck } from './disk';
import { thisMachine, type Machine } from './machine';

const DAY_MS = 86_400_000;

/** Puts a whole SQLite database where backups of this configuration are. @returns the file */
async function backUp({ dataDir }: Config, name: string): Promise<string> {
  const file = path.join(dataDir, 'backups', name);
  await mkdir(path.dirname(file), { recursive: true });
  await changeDatabase(await configOf('sqlite'), `vacuum into '${file}'`);
  return file;
}

const withDisk = (freeBytes: number, freeFiles = 0.9) => ({
  disk: () => Promise.resolve({ freeBytes, freeFiles }),
});

describe.each(DATABASES)('the check of the disk on %s', (database) => {
  it('a full disk, and one without room for a backup, are named', async () => {
    const config = await configOf(database);
    const { dataDir } = config;

    expect(await textsOf(diskCheck, config)).toEqual([
      `good: 20 GB free in ${dataDir}`,
    ]);
    expect(await textsOf(diskCheck, config, withDisk(150e6))).toEqual([
      like(`broken: Only 150 MB are free in ${dataDir}.`),
    ]);
    expect(await textsOf(diskCheck, config, withDisk(200.1e6))).toEqual([
      expect.stringMatching(
        /^look: 200 MB are free in \S+, and the database has /,
      ),
    ]);
    expect(await textsOf(diskCheck, config, withDisk(20e9, 0.01))).toEqual([
      like(`broken: The disk of ${dataDir} can hold hardly any more files.`),
    ]);
  });

  it('a fresh backup is good', async () => {
    const config = await configOf(database);
    const file = await backUp(config, 'new.sqlite');

    expect(await textsOf(backupsCheck, config)).toEqual([
      expect.stringMatching(
        new RegExp(`^good: ${path.basename(file)}, .*, readable$`),
      ),
    ]);
  });
});

describe('the check of temporary files', () => {
  it('a folder that is full, read-only or missing is named', async () => {
    const config = await configOf('sqlite');
    const check = (machine: Partial<Machine>) =>
      textsOf(temporaryCheck, config, machine);

    expect(await check({})).toEqual([like('good: 20 GB free in ')]);
    expect(await check(withDisk(200e6))).toEqual([
      like('look: Only 200 MB are free in '),
    ]);
    for (const machine of [
      { canWrite: () => Promise.resolve(false) },
      { disk: () => Promise.reject(new Error('ENOENT')) },
    ])
      expect(await check(machine)).toEqual([
        like('broken: No files can be created in '),
      ]);
  });

  it('a missing data folder has no disk', async () => {
    const dataDir = path.join(await temporaryFolder(), 'missing');
    const config = { ...(await configOf('sqlite')), dataDir };
    const { disk } = thisMachine;

    expect(await textsOf(diskCheck, config, { disk })).toEqual([
      `skipped: There is no folder ${dataDir}.`,
    ]);
  });
});

describe('the check of backups', () => {
  it('a missing backup is named', async () => {
    const config = await configOf('sqlite');

    expect(await textsOf(backupsCheck, config)).toEqual([
      like(
        `look: There is no backup in ${path.join(config.dataDir, 'backups')}`,
      ),
    ]);
  });

  it('the newest backup must not be too old', async () => {
    const config = await configOf('sqlite');
    const folder = path.join(config.dataDir, 'backups');
    const old = await backUp(config, 'b.sqlite');
    const newest = await backUp(config, 'a.sqlite');
    const aged = async (file: string, days: number) => {
      const moment = new Date(Date.now() - days * DAY_MS);
      await utimes(file, moment, moment);
    };
    await aged(old, 300);

    await aged(newest, 3);
    expect(await textsOf(backupsCheck, config)).toEqual([
      like(`look: The newest backup in ${folder} is 3 days old.`),
    ]);
    await aged(newest, 9);
    expect(await textsOf(backupsCheck, config)).toEqual([
      like(`broken: The newest backup in ${folder} is 9 days old.`),
    ]);
  });

  it('a backup that is empty or damaged is named', async () => {
    const config = await configOf('sqlite');
    const folder = path.join(config.dataDir, 'backups');
    await mkdir(folder);
    const file = path.join(folder, 'x.sqlite');

    for (const content of ['', 'no database'.repeat(1000)]) {
      await writeFile(file, content);
      expect(await textsOf(backupsCheck, config)).toEqual([
        expect.stringMatching(
          /^broken: The newest backup cannot be restored \((empty|SQLITE_NOTADB)\)/,
        ),
      ]);
    }
  });
});
