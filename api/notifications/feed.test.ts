import { noHints } from '../database/hints';
import type { Reads } from '../database/reads';
import type { Sql } from '../database/sql';
import { until } from '../testing/live';
import { createFeed, type Feed, type Inbox } from './feed';

/** Fake table of notifications that can be unavailable. */
function fakeTable() {
  const rows: {
    id: string;
    recipientId: string;
    createdAt: number;
    withdrawnAt: null;
  }[] = [];
  const looks: Date[] = [];
  const table = {
    isAway: false,
    looks,
    write(id: string, recipientId = 'ana', createdAt = Date.now()) {
      rows.push({ id, recipientId, createdAt, withdrawnAt: null });
    },
    reads: {
      dialect: 'sqlite',
      all({ values }: Sql) {
        const recipients = JSON.parse(values[0] as string) as string[];
        const since =
          values.find((value) => value instanceof Date) ?? new Date(0);
        looks.push(since);
        if (table.isAway) return Promise.reject(new Error('out of reach'));
        return Promise.resolve(
          rows.filter(
            ({ createdAt, recipientId }) =>
              createdAt > since.getTime() && recipients.includes(recipientId),
          ),
        );
      },
      close: () => Promise.resolve(),
    } as unknown as Reads,
  };
  return table;
}

let feeds: Feed[] = [];
afterEach(async () => {
  for (const feed of feeds) await feed.close();
  feeds = [];
});

function openFeed(reads: Reads, errors: unknown[] = []): Feed {
  const feed = createFeed(reads, noHints, (error) => errors.push(error));
  feeds.push(feed);
  return feed;
}

const neverTooSlow = () => {
  throw new Error('No reader was too slow');
};

/** Collects an inbox's notifications in a list. */
function collect(inbox: Inbox): string[] {
  const ids: string[] = [];
  const values = inbox.listen();
  void (async () => {
    for await (const { id } of values) ids.push(id);
  })();
  return ids;
}

describe('notification feed', () => {
  it('an inbox receives each notification since it was opened once', async () => {
    const table = fakeTable();
    table.write('old');
    const inbox = await openFeed(table.reads).open('ana', neverTooSlow);
    table.write('a');
    table.write('for ben', 'ben');

    const first = collect(inbox);
    await until(() => first.length === 1);
    const second = collect(inbox);
    table.write('b');
    await until(() => second.length === 1);

    expect(first).toEqual(['a', 'b']);
    expect(second).toEqual(['b']);
  });

  it('an inbox misses no notification while the database is unavailable', async () => {
    const table = fakeTable();
    const errors: unknown[] = [];
    const inbox = await openFeed(table.reads, errors).open('ana', neverTooSlow);
    const ids = collect(inbox);
    const lastLook = Date.now();

    table.isAway = true;
    await until(() => errors.length > 0);
    table.write('meanwhile');
    table.isAway = false;
    await until(() => ids.length > 0);

    expect(ids).toEqual(['meanwhile']);
    // The next poll covers the whole outage.
    expect(table.looks.at(-1)?.getTime()).toBeLessThan(lastLook);
  });

  it('an inbox cannot be opened while the database is unavailable, but afterwards', async () => {
    const table = fakeTable();
    const feed = openFeed(table.reads);
    table.isAway = true;

    await expect(feed.open('ana', neverTooSlow)).rejects.toThrow(
      'out of reach',
    );
    table.isAway = false;
    const ids = collect(await feed.open('ana', neverTooSlow));
    table.write('a');
    await until(() => ids.length > 0);

    expect(ids).toEqual(['a']);
  });

  it('an inbox that is not read overflows after a hundred notifications', async () => {
    const table = fakeTable();
    const onOverflow = jest.fn();
    const inbox = await openFeed(table.reads).open('ana', onOverflow);
    for (let i = 0; i < 300; i++) table.write(String(i));

    await until(() => onOverflow.mock.calls.length > 0);

    expect(onOverflow).toHaveBeenCalledTimes(1);
    expect(await inbox.listen().next()).toEqual({
      done: true,
      value: undefined,
    });
  });

  it('the feed polls only while an inbox is open', async () => {
    jest.useFakeTimers();
    const table = fakeTable();
    const feed = openFeed(table.reads);
    const opening = Promise.all([
      feed.open('ana', neverTooSlow),
      feed.open('ben', neverTooSlow),
    ]);
    await jest.advanceTimersByTimeAsync(1000);
    const [ana, ben] = await opening;

    ana.close();
    const before = table.looks.length;
    await jest.advanceTimersByTimeAsync(1000);
    expect(table.looks.length).toBeGreaterThan(before);
    ben.close();
    const after = table.looks.length;
    await jest.advanceTimersByTimeAsync(60_000);

    expect(table.looks.length).toBe(after);
  });

  it('closing the feed ends all inboxes, also waiting ones', async () => {
    const table = fakeTable();
    const feed = openFeed(table.reads);
    const values = (await feed.open('ana', neverTooSlow)).listen();
    const next = values.next();

    await feed.close();

    expect(await next).toEqual({ done: true, value: undefined });
  });
});
