import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../config';
import { temporaryFolder } from '../testing/cleanUp';
import { textsOf } from '../testing/doctor';
import { dataFolderCheck } from './dataFolder';

const configOf = (DATA_DIR: string, env: Record<string, string> = {}) =>
  loadConfig({ DATA_DIR, ...env });

const check = (dataDir: string, machine = {}) =>
  textsOf(dataFolderCheck, configOf(dataDir), machine);

describe('the check of the data folder', () => {
  it('a private folder is good', async () => {
    const folder = await temporaryFolder();

    expect(await check(folder)).toEqual([`good: ${folder}`]);
  });

  it('a missing folder, and a file in its place, are broken', async () => {
    const folder = await temporaryFolder();
    const missing = path.join(folder, 'missing');
    const file = path.join(folder, 'file');
    await writeFile(file, '');

    for (const place of [missing, file])
      expect(await check(place)).toEqual([
        expect.stringContaining(`broken: There is no folder ${place}.`),
      ]);
  });

  it('a folder that no setting needs may be missing', async () => {
    const config = configOf('/nowhere', {
      DATABASE_URL: 'postgres://127.0.0.1/x',
      JWT_SECRET: '0123456789abcdefghijklmnopqrstuv',
      SMTP_URL: 'smtp://127.0.0.1',
    });

    expect(await textsOf(dataFolderCheck, config)).toEqual([
      'skipped: With these settings no data is kept in DATA_DIR.',
    ]);
  });

  it('a folder and a secret that others can open are named, each with its command', async () => {
    const folder = await temporaryFolder();
    const secret = path.join(folder, 'jwt-secret');
    await writeFile(secret, 'x');
    await chmod(folder, 0o755);
    await chmod(secret, 0o644);

    expect(await check(folder)).toEqual([
      expect.stringMatching(`^look: Other .* chmod 700 ${folder}$`),
      expect.stringMatching(`^look: Other .* chmod 600 ${secret}$`),
    ]);
  });

  it('a folder that is not writable is broken', async () => {
    const folder = await temporaryFolder();
    const canWrite = () => Promise.resolve(false);

    expect(await check(folder, { canWrite })).toEqual([
      expect.stringContaining(`broken: ${folder} is not writable`),
    ]);
  });

  it('root is asked to run the doctor as the user of the server', async () => {
    const folder = await temporaryFolder();
    const texts = await check(folder, {
      userId: 0,
      ownerOf: () => Promise.resolve(1000),
    });

    expect(texts).toEqual([
      expect.stringMatching(
        `^look: The doctor runs as root, but ${folder} belongs to user 1000`,
      ),
    ]);
  });
});
