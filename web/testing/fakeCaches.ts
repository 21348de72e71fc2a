/** The cache storage of a browser, in memory: as far as the app and its service worker use it. */
export class FakeCaches {
  private readonly named = new Map<string, FakeCache>();

  constructor(private readonly origin: string) {}

  keys = () => Promise.resolve([...this.named.keys()]);
  has = (name: string) => Promise.resolve(this.named.has(name));
  delete = (name: string) => Promise.resolve(this.named.delete(name));
  open = (name: string) => {
    const cache = this.named.get(name) ?? new FakeCache(this.origin);
    this.named.set(name, cache);
    return Promise.resolve(cache);
  };

  /** Lists the paths in each cache. */
  list = (): Record<string, string[]> =>
    Object.fromEntries(
      [...this.named].map(([name, cache]) => [name, cache.list()]),
    );
}

type Key = string | { url: string };

class FakeCache {
  private readonly entries = new Map<string, Response>();

  constructor(private readonly origin: string) {}

  match = (key: Key) => Promise.resolve(this.entries.get(this.urlOf(key)));
  delete = (key: Key) => Promise.resolve(this.entries.delete(this.urlOf(key)));
  keys = () =>
    Promise.resolve([...this.entries.keys()].map((url) => ({ url })));
  put = (key: Key, response: Response) => {
    // As in browsers, an entry that is put again is the last one.
    this.entries.delete(this.urlOf(key));
    this.entries.set(this.urlOf(key), response);
    return Promise.resolve();
  };
  list = () => [...this.entries.keys()].map((url) => new URL(url).pathname);

  private urlOf(key: Key): string {
    return new URL(typeof key === 'string' ? key : key.url, this.origin).href;
  }
}
