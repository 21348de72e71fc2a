import { endsWithTest } from '../testing/cleanUp';
import { buildNotification, buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { until } from '../testing/live';
import { testApp, type TestApi } from '../testing/testApp';
import type { Inbox } from './feed';

/** Collects what arrives in an inbox. */
function collect(inbox: Inbox): string[] {
  const ids: string[] = [];
  const values = inbox.listen();
  endsWithTest(() => {
    inbox.close();
    return Promise.resolve();
  });
  void (async () => {
    for await (const { id } of values) ids.push(id);
  })();
  return ids;
}

const openInbox = async ({ services }: TestApi, userId: string) =>
  collect(await services.feed.open(userId, () => undefined));

/** Counts the reads of notifications from now on. */
function countReads({ services }: TestApi): () => number {
  const all = jest.spyOn(services.systemReads, 'all');
  return () =>
    all.mock.calls.filter(([{ sql }]) => sql.includes('from notifications'))
      .length;
}

describe('announcements of PostgreSQL', () => {
  it('make the feed read when a user with an inbox has news, and not for others', async () => {
    const there = await testApp({ database: 'postgres' });
    const { dataDir, databaseUrl } = there.config;
    const here = await testApp({ dataDir, databaseUrl });
    const ana = await buildPerson(there, 'ana');
    const ben = await buildPerson(there, 'ben');
    await until(() => here.services.hints.areLive);
    const ids = await openInbox(here, ana.user.id);
    const reads = countReads(here);

    for (let i = 0; i < 20; i++) await buildNotification(there, ben);
    const news = await buildNotification(there, ana);
    await until(() => ids.length > 0);

    expect(ids).toEqual([news.id]);
    // One, and at most a few more on a machine so slow that the table was polled.
    expect(reads()).toBeGreaterThan(0);
    expect(reads()).toBeLessThan(10);
  });
});

describe.each(DATABASES)('the feed on %s', (database) => {
  it('delivers to each of many recipients what is theirs, and what was withdrawn after it was delivered', async () => {
    const api = await testApp({ database });
    const people = await Promise.all(
      ['ana', 'ben', 'cara'].map((name) => buildPerson(api, name)),
    );
    const inboxes = await Promise.all(
      people.map(({ user }) => openInbox(api, user.id)),
    );
    const news = await Promise.all(
      people.map((person) => buildNotification(api, person)),
    );
    await until(() => inboxes.every((ids) => ids.length === 1));

    const em = api.services.orm.em.fork();
    const [first] = news;
    if (!first) throw new Error('Nothing was written');
    await em
      .getConnection()
      .execute(`update notifications set withdrawn_at = ? where id = ?`, [
        database === 'sqlite' ? Date.now() : new Date(),
        first.id,
      ]);
    await until(() => inboxes[0]?.length === 2);

    expect(inboxes).toEqual([
      [first.id, first.id],
      [news[1]?.id],
      [news[2]?.id],
    ]);
  });
});
