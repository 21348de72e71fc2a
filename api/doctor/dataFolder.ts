import { stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { secretFile } from '../auth/signingSecret';
import { sqliteFile } from '../database/orm';
import type { Check } from './deployment';
import { broken, look, orGood, skipped } from './finding';
import type { Machine } from './machine';

/** Checks whether the folder of the data is there, writable and private. */
export const dataFolderCheck: Check = {
  title: 'Data folder',
  async run({ config, machine }) {
    const file = sqliteFile(config);
    const folder = file ? path.dirname(file) : config.dataDir;
    const isNeeded =
      file !== null || config.jwtSecrets.length === 0 || !config.smtpServer;
    const stats = await stat(folder).catch(() => null);
    if (!stats && !isNeeded)
      return [skipped('With these settings no data is kept in DATA_DIR.')];
    if (!stats?.isDirectory())
      return [
        broken(
          `There is no folder ${folder}.`,
          'The server has not started here yet, or it runs with another DATA_DIR than the doctor.',
          'Run the doctor with the settings of the server. If there is no server yet, start it: it makes the folder.',
        ),
      ];
    return orGood(
      [
        ownerFault(folder, await machine.ownerOf(folder), machine),
        (await machine.canWrite(folder)) ? null : readOnly(folder),
        modeFault(folder, stats, '700'),
        await secretFault(config.dataDir),
      ],
      folder,
    );
  },
};

const ownerFault = (folder: string, uid: number, { userId }: Machine) =>
  userId === 0 &&
  uid !== 0 &&
  look(
    `The doctor runs as root, but ${folder} belongs to user ${uid}.`,
    'Root may do everything, so the doctor does not notice what the user of the server may not do.',
    'Run the doctor as the user that the server runs as.',
  );

const readOnly = (folder: string) =>
  broken(
    `${folder} is not writable for this user.`,
    'The server cannot store anything in it.',
    `Give the folder to the user of the server, as with: chown -R neighborshare ${folder}. If the doctor runs as another user, run it as that of the server.`,
  );

const modeFault = (place: string, { mode }: Stats, wanted: string) =>
  (mode & 0o077) !== 0 &&
  look(
    `Other users of this machine can open ${place}.`,
    'It holds addresses, messages or keys.',
    `Run: chmod ${wanted} ${place}`,
  );

async function secretFault(dataDir: string) {
  const file = secretFile(dataDir);
  const stats = await stat(file).catch(() => null);
  return stats && modeFault(file, stats, '600');
}
