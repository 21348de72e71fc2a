import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import path from 'node:path';
import { buildPerson, PASSWORD } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { buildFeed } from '../testing/calendar';
import {
  changeEmail,
  requestPasswordReset,
  resetPassword,
  testAppWithMail,
  tokenIn,
  verifyEmail,
} from '../testing/email';
import { CreateRecipe, Login, Me } from '../testing/operations';
import { temporaryFolder } from '../testing/cleanUp';
import {
  DATABASES,
  emptyDatabase,
  type DatabaseName,
} from '../testing/databases';
import { oldDatabase, oldId, oldUser } from '../testing/oldDatabase';
import { entities } from '../entities';
import { silent } from '../testing/moves';
import { testApp } from '../testing/testApp';
import { backUp } from './backup';
import { changeDatabase } from './copy/sqliteFiles';
import { connect } from './orm';
import { restore } from './restore';
import { sql } from './sql';

/** Builds a neighborhood with a member who keeps creating recipes until stopped. */
async function buildWriter(database: DatabaseName = 'sqlite') {
  const api = await testApp({ database });
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

/** Starts a server on a restored backup. */
async function restored(database: DatabaseName, backup: string) {
  const location = await emptyDatabase(database);
  await restore(location, backup, silent());
  return testApp(location);
}

describe.each(DATABASES)('backups of %s', (database) => {
  it('a backup made during writes contains everything acknowledged before, and can be restored', async () => {
    const { api, ana, acknowledged, share, keepSharing } =
      await buildWriter(database);
    for (let i = 0; i < 5; i++) await share();
    const stop = keepSharing();
    const before = [...acknowledged];
    const target = path.join(await temporaryFolder(), 'copy.sqlite');

    await backUp(api.config, silent(), target);
    await stop();

    expect(acknowledged.length).toBeGreaterThan(before.length);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(target))).toEqual(['copy.sqlite']);
    for (const other of DATABASES) {
      const server = await restored(other, target);
      const login = await server.anonymous.run(Login, {
        input: { username: 'ana', password: PASSWORD },
      });
      const titles = (
        await server.services.reads.all<{ title: string }>(
          sql`select title from recipes order by id`,
        )
      ).map(({ title }) => title);
      // As of one moment: nothing acknowledged is missing in between.
      expect(titles).toEqual(acknowledged.slice(0, titles.length));
      expect(titles).toEqual(expect.arrayContaining(before));
      const seen = await server.as(login.data.login).run(MEMBERSHIPS);
      expect(seen.errors).toBeUndefined();
      // Sessions from before the backup are revoked, as they may have ended since.
      const old = await server.as(ana).run(Me);
      expect(old.errors?.[0]?.extensions.reason).toBe('TOKEN_REVOKED');
    }
  });

  it('a restored backup accepts no link that was sent before the backup, nor a calendar address', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    const ana = await buildPerson(api, 'ana', { email: 'ana@example.org' });
    await requestPasswordReset(api.anonymous, 'ana@example.org');
    const reset = tokenIn(await mailServer.next('ana@example.org'));
    await changeEmail(api.as(ana), 'ana@example.com');
    const verify = tokenIn(await mailServer.next('ana@example.com'));
    const feed = await buildFeed(api, ana);
    const copy = await backUp(api.config, silent());

    const { anonymous, http } = await restored(database, copy);

    expect((await http.inject(feed)).statusCode).toBe(404);
    for (const { errors } of [
      await resetPassword(anonymous, reset, 'a louder street by day'),
      await verifyEmail(anonymous, verify),
    ])
      expect(errors).toMatchObject([{ code: 'INVALID', field: ['token'] }]);
  });

  it('a backup never overwrites an existing file', async () => {
    const api = await testApp({ database });
    const target = path.join(await temporaryFolder(), 'precious.sqlite');
    writeFileSync(target, 'precious');

    await expect(backUp(api.config, silent(), target)).rejects.toThrow(
      /exists already/,
    );

    expect(statSync(target).size).toBe('precious'.length);
  });

  it('a backup that is cut, of a newer version or of something else is refused before anything is restored', async () => {
    const api = await testApp({ database });
    const cut = await backUp(api.config, silent());
    await truncate(cut, Math.floor(statSync(cut).size / 2));
    const newer = path.join(api.config.dataDir, 'newer.sqlite');
    await backUp(api.config, silent(), newer);
    await changeDatabase(newer, (query) =>
      query(
        `insert into mikro_orm_migrations (name) values ('Migration20990101000000')`,
      ),
    );
    const other = path.join(api.config.dataDir, 'other.sqlite');
    writeFileSync(other, '');

    for (const [backup, message] of [
      [cut, /malformed|damaged|disk image/],
      [newer, /newer version/],
      [other, /not a database of NeighborShare/],
    ] as const) {
      const location = await emptyDatabase(database);
      await expect(restore(location, backup, silent())).rejects.toThrow(
        message,
      );
      expect(readdirSync(location.dataDir)).toEqual([]);
      const target = await connect(location, entities);
      const tables: unknown[] = await target.em
        .getConnection()
        .execute(
          database === 'sqlite'
            ? 'select name from sqlite_master'
            : "select relname from pg_class where relnamespace = 'public'::regnamespace",
        );
      await target.close();
      expect(tables).toEqual([]);
    }
  });

  it('a backup of an older version is restored and migrated', async () => {
    // On PostgreSQL, a migration that SQLite does not have.
    const last = `Migration${database === 'sqlite' ? '20261128170001' : '20261129110000'}`;
    const older = await oldDatabase(database, last, {
      users: [oldUser(oldId(1), 'ana')],
    });
    const copy = await backUp(older, silent());

    for (const other of DATABASES) {
      const { services } = await restored(other, copy);
      expect(await services.reads.all(sql`select username from users`)).toEqual(
        [{ username: 'ana' }],
      );
    }
  });
});

describe('restoring', () => {
  it('a backup is not restored over an existing database or its leftover files', async () => {
    const { api } = await buildWriter();
    const copy = await backUp(api.config, silent());
    await expect(restore(api.config, copy, silent())).rejects.toThrow(
      /move away/,
    );

    const dataDir = await temporaryFolder();
    writeFileSync(path.join(dataDir, 'neighborshare.sqlite-wal'), 'old');
    await expect(
      restore({ dataDir, databaseUrl: null }, copy, silent()),
    ).rejects.toThrow(/-wal/);
  });

  it('a backup of a file that is not a database fails', async () => {
    const folder = await temporaryFolder();
    writeFileSync(
      path.join(folder, 'neighborshare.sqlite'),
      'no database, but long enough to look like one'.repeat(100),
    );

    await expect(
      backUp({ dataDir: folder, databaseUrl: null }, silent()),
    ).rejects.toThrow(/not a database/);
  });

  it('a backup is not restored over a PostgreSQL database with tables', async () => {
    const { config } = await testApp({ database: 'postgres' });
    const copy = await backUp(config, silent());

    await expect(restore(config, copy, silent())).rejects.toThrow(/not empty/);
  });
});
