import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { buildPerson, PASSWORD } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import {
  changeEmail,
  requestPasswordReset,
  resetPassword,
  testAppWithMail,
  tokenIn,
  verifyEmail,
} from '../testing/email';
import { CreateRecipe, Login, Me } from '../testing/operations';
import { spawnBuilt } from '../testing/builtServer';
import { temporaryFolder } from '../testing/cleanUp';
import { testApp } from '../testing/testApp';
import { backUp } from './backup';
import { restore } from './restore';
import { sql } from './sql';

/** Builds a neighborhood with a member who keeps creating recipes until stopped. */
async function buildWriter() {
  const api = await testApp();
  const ana = await buildPerson(api, 'ana');
  const { id: neighborhoodId } = await buildNeighborhood(api, ana);
  const acknowledged: string[] = [];
  let isWriting = true;
  const share = async () => {
    const title = `Recipe ${acknowledged.length}`;
    const input = {
      neighborhoodId,
      title,
      instructions: 'Stir.',
      minutesToComplete: 5,
    };
    await api.as(ana).run(CreateRecipe, { input });
    acknowledged.push(title);
  };
  return {
    api,
    ana,
    acknowledged,
    share,
    /** @returns a function that stops it after the running request */
    keepSharing: () => {
      const sharing = (async () => {
        while (isWriting) await share();
      })();
      return () => {
        isWriting = false;
        return sharing;
      };
    },
  };
}

const MEMBERSHIPS = '{ myMemberships { neighborhood { id } } }';

describe('backups', () => {
  it('a backup made during writes contains everything acknowledged before, and can be restored', async () => {
    const { api, ana, acknowledged, share, keepSharing } = await buildWriter();
    for (let i = 0; i < 5; i++) await share();
    const stop = keepSharing();
    const before = [...acknowledged];
    const target = path.join(await temporaryFolder(), 'copy.sqlite');

    await backUp(api.config, target);
    await stop();

    expect(acknowledged.length).toBeGreaterThan(before.length);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    const dataDir = await temporaryFolder();
    await restore({ dataDir, databaseUrl: null }, target);
    const restored = await testApp({ dataDir });
    const login = await restored.anonymous.run(Login, {
      input: { username: 'ana', password: PASSWORD },
    });
    const titles = (
      await restored.services.reads.all<{ title: string }>(
        sql`select title from recipes`,
      )
    ).map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(before));
    const seen = await restored.as(login.data.login).run(MEMBERSHIPS);
    expect(seen.errors).toBeUndefined();
    // Sessions from before the backup are revoked, as they may have ended since.
    const old = await restored.as(ana).run(Me);
    expect(old.errors?.[0]?.extensions.reason).toBe('TOKEN_REVOKED');
  });

  it('a restored backup accepts no link that was sent before the backup', async () => {
    const { api, mailServer } = await testAppWithMail();
    const ana = await buildPerson(api, 'ana', { email: 'ana@example.org' });
    await requestPasswordReset(api.anonymous, 'ana@example.org');
    const reset = tokenIn(await mailServer.next('ana@example.org'));
    await changeEmail(api.as(ana), 'ana@example.com');
    const verify = tokenIn(await mailServer.next('ana@example.com'));
    const copy = await backUp(api.config);

    const dataDir = await temporaryFolder();
    await restore({ dataDir, databaseUrl: null }, copy);
    const restored = (await testApp({ dataDir })).anonymous;

    for (const { errors } of [
      await resetPassword(restored, reset, 'a louder street by day'),
      await verifyEmail(restored, verify),
    ])
      expect(errors).toMatchObject([{ code: 'INVALID', field: ['token'] }]);
  });

  it('a backup never overwrites an existing file', async () => {
    const { api } = await buildWriter();
    const target = path.join(await temporaryFolder(), 'precious.sqlite');
    writeFileSync(target, 'precious');

    await expect(backUp(api.config, target)).rejects.toThrow(/exists already/);

    expect(statSync(target).size).toBe('precious'.length);
  });

  it('a backup is not restored over an existing database or its leftover files', async () => {
    const { api } = await buildWriter();
    const copy = await backUp(api.config);
    await expect(restore(api.config, copy)).rejects.toThrow(/move away/);

    const dataDir = await temporaryFolder();
    writeFileSync(path.join(dataDir, 'neighborshare.sqlite-wal'), 'old');
    await expect(restore({ dataDir, databaseUrl: null }, copy)).rejects.toThrow(
      /-wal/,
    );
  });

  it('a backup of a file that is not a database fails', async () => {
    const folder = await temporaryFolder();
    writeFileSync(
      path.join(folder, 'neighborshare.sqlite'),
      'no database, but long enough to look like one'.repeat(100),
    );

    await expect(
      backUp({ dataDir: folder, databaseUrl: null }),
    ).rejects.toThrow(/not a database/);
  });

  it('a backup of PostgreSQL is refused in one line that names pg_dump', async () => {
    const backup = spawnBuilt(path.join('database', 'backup.js'), {
      DATABASE_URL: 'postgres://x/y',
    });

    const [errors, [code]] = await Promise.all([
      text(backup.stderr),
      once(backup, 'exit') as Promise<[number]>,
    ]);

    expect(code).toBe(1);
    expect(errors).toMatch(/^The backup failed: .*pg_dump\n$/);
  });
});
