import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isStatementTimeout } from '../database/isDatabaseUnavailable';
import { backupFolder } from '../database/orm';
import { openSqliteReads } from '../database/reads';
import { readSqliteFault } from './doctor.reads';
import type { Check } from './deployment';
import { broken, bytes, look, orGood, plural } from './finding';

const DAY_MS = 86_400_000;
/** A backup every night is at most this old. */
const FRESH_DAYS = 2;
/** A week of lost data is more than neighbors forgive. */
const MAX_DAYS = 7;
/** Longest time to read a backup completely. */
const READ_SECONDS = 15;

const HOW =
  'Run "npm run backup" every night: docs/operating.md, "Backup and restore".';

/** Checks whether there is a fresh backup, and whether it is readable. */
export const backupsCheck: Check = {
  title: 'Backup',
  async run({ config, machine }) {
    const folder = backupFolder(config);
    const newest = await findNewest(folder);
    if (!newest) return [withoutBackup(folder)];
    const { file, size, at } = newest;
    const days = Math.floor((machine.now() - at) / DAY_MS);
    return orGood(
      [
        days >= FRESH_DAYS && tooOld(days, folder),
        size === 0 ? damaged(file, 'empty') : await findDamage(file),
      ],
      `${path.basename(file)}, ${bytes(size)}, readable`,
    );
  },
};

async function findNewest(folder: string) {
  const names = await readdir(folder).catch(() => []);
  const backups = await Promise.all(
    names
      .filter((name) => name.endsWith('.sqlite'))
      .map(async (name) => {
        const file = path.join(folder, name);
        const { size, mtimeMs } = await stat(file);
        return { file, size, at: mtimeMs };
      }),
  );
  return backups.sort((a, b) => b.at - a.at)[0];
}

const withoutBackup = (folder: string) =>
  look(
    `There is no backup in ${folder}.`,
    'Without a backup, a broken disk or a wrong command loses everything. The doctor does not see backups that you keep elsewhere.',
    HOW,
  );

function tooOld(days: number, folder: string) {
  const build = days > MAX_DAYS ? broken : look;
  return build(
    `The newest backup in ${folder} is ${plural(days, 'day')} old.`,
    'What was written since then has no copy. Backups may have stopped without a notice.',
    HOW,
  );
}

async function findDamage(file: string) {
  const reads = await openSqliteReads(file, READ_SECONDS);
  try {
    const fault = await readSqliteFault(reads);
    return fault === null ? null : damaged(file, fault);
  } catch (error) {
    // Too large to be read while the doctor waits: "npm run backup" has read all of it.
    if (isStatementTimeout(error)) return null;
    throw error;
  } finally {
    await reads.close();
  }
}

const damaged = (file: string, fault: string) =>
  broken(
    `The newest backup cannot be restored (${fault}): ${file}`,
    'After a fault of the database there would be nothing to go back to.',
    'Make another one now: npm run backup. If it is damaged again, the disk is failing.',
  );
