import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sqliteFile } from '../database/orm';
import { readPostgres } from './doctor.reads';
import type { Check, Deployment } from './deployment';
import { broken, bytes, look, orGood, skipped } from './finding';

/** Below this the server may stop writing within hours. */
const MIN_FREE_BYTES = 200_000_000;
/** Share of the files of a disk below which none can be created soon. */
const MIN_FREE_FILES = 0.02;
/** Uploads that arrive at the same time. */
const UPLOADS_BYTES = 300_000_000;

const DELETE =
  'Delete what is not needed, such as old backups and undelivered mails, or enlarge the disk. "du -xh / | sort -h | tail" shows what is large.';

/** Checks whether the disk has room for the data, and for a backup beside it. */
export const diskCheck: Check = {
  title: 'Disk',
  async run(deployment) {
    const { config, machine } = deployment;
    const file = sqliteFile(config);
    const folder = file ? path.dirname(file) : config.dataDir;
    const disk = await machine.disk(folder).catch(() => null);
    if (!disk) return [skipped(`There is no folder ${folder}.`)];
    const size = await databaseSize(deployment).catch(() => 0);
    const { freeBytes, freeFiles } = disk;
    return orGood(
      [
        freeBytes < MIN_FREE_BYTES
          ? broken(
              `Only ${bytes(freeBytes)} are free in ${folder}.`,
              'When the disk is full, nobody can log in or store anything.',
              DELETE,
            )
          : freeBytes < size + MIN_FREE_BYTES &&
            look(
              `${bytes(freeBytes)} are free in ${folder}, and the database has ${bytes(size)}.`,
              'The next backup does not fit there.',
              DELETE,
            ),
        freeFiles < MIN_FREE_FILES &&
          broken(
            `The disk of ${folder} can hold hardly any more files.`,
            'Free space is of no use then: "df -i" shows it. Soon nothing can be stored.',
            'Find the folder with very many small files, and delete what is not needed.',
          ),
      ],
      `${bytes(freeBytes)} free in ${folder}`,
    );
  },
};

async function databaseSize({ config, database }: Deployment) {
  const file = sqliteFile(config);
  return file
    ? (await stat(file)).size
    : (await readPostgres(await database())).bytes;
}

/** Checks whether uploads can be received. */
export const temporaryCheck: Check = {
  title: 'Temporary files',
  async run({ machine }) {
    const folder = tmpdir();
    const disk = await machine.disk(folder).catch(() => null);
    return orGood(
      [
        disk === null || !(await machine.canWrite(folder))
          ? broken(
              `No files can be created in ${folder}.`,
              'Pictures are received there, so uploads fail.',
              `Set TMPDIR to a folder that the user of the server can write to. For a container with a read-only root, mount ${folder}: --tmpfs ${folder}`,
            )
          : disk.freeBytes < UPLOADS_BYTES &&
            look(
              `Only ${bytes(disk.freeBytes)} are free in ${folder}.`,
              'Pictures that arrive at the same time may need 300 MB there; uploads then fail.',
              `Delete old files there, or set TMPDIR to a folder on a larger disk.`,
            ),
      ],
      `${bytes(disk?.freeBytes ?? 0)} free in ${folder}`,
    );
  },
};
