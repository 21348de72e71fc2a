import { ASSET_CACHE, photoCacheOf } from '../pwa/protocol';
import { FakeCaches } from '../testing/fakeCaches';
import {
  answerWithAsset,
  answerWithPhoto,
  deleteOldAssets,
  isPhotoPath,
  keepAssets,
} from './keptFiles';

const ORIGIN = 'https://share.example.org';
const DAY_MS = 24 * 60 * 60 * 1000;
const PHOTOS = photoCacheOf('ana');
const ID = '01a2b3c4-0000-7000-8000-00000000000';

let storage: FakeCaches;
let fetches: jest.Mock<Promise<Response>, []>;

beforeEach(() => {
  storage = new FakeCaches(ORIGIN);
  fetches = jest.fn(() => Promise.resolve(answer()));
  Object.assign(globalThis, { caches: storage, fetch: fetches });
});

/** An answer of our server; browsers say `basic`, Node says `default`. */
function answer({
  type = 'basic',
  status = 200,
  agedDays = 0,
  ...headers
}: {
  type?: string;
  status?: number;
  agedDays?: number;
  'cache-control'?: string;
  'content-type'?: string;
} = {}): Response {
  const date = new Date(Date.now() - agedDays * DAY_MS).toUTCString();
  const made = (): Response => {
    const response = new Response('x', {
      status,
      headers: { 'content-type': 'image/webp', date, ...headers },
    });
    Object.defineProperty(response, 'type', { value: type });
    Object.defineProperty(response, 'clone', { value: made });
    return response;
  };
  return made();
}

const photo = (number = 0, day = 1) =>
  new Request(
    `${ORIGIN}/photos/${ID}${number}/small?expires=${day}&signature=${day}`,
  );

/** Handles a request, and waits for what goes on after the answer. */
async function handle(
  handler: typeof answerWithPhoto,
  request: Request,
): Promise<Response> {
  const work: Promise<unknown>[] = [];
  const response = await handler(request, {
    waitUntil: (promise) => void work.push(promise as Promise<unknown>),
  });
  await Promise.all(work);
  return response;
}

describe('a picture', () => {
  const see = (request: Request) => handle(answerWithPhoto, request);

  it('is kept for a user who is logged in, and not fetched under the signature of another day', async () => {
    await storage.open(PHOTOS);
    await see(photo(1, 1));
    await see(photo(1, 2));
    expect(fetches).toHaveBeenCalledTimes(1);
    expect(storage.list()).toEqual({ [PHOTOS]: [`/photos/${ID}1/small`] });
  });

  it('is not kept where nobody is logged in', async () => {
    await see(photo());
    expect(storage.list()).toEqual({});
  });

  it('that arrives after the logout is not kept', async () => {
    await storage.open(PHOTOS);
    fetches.mockImplementation(async () => {
      await storage.delete(PHOTOS);
      return answer();
    });
    await see(photo());
    expect(storage.list()).toEqual({});
  });

  it.each([
    ['that must not be stored', { 'cache-control': 'private, No-Store' }],
    ['with another status', { status: 404 }],
    ['of another type', { 'content-type': 'text/html' }],
    ['of another site', { type: 'opaque' }],
  ])('%s is not kept', async (_, given) => {
    await storage.open(PHOTOS);
    fetches.mockResolvedValue(answer(given));
    await see(photo());
    expect(storage.list()).toEqual({ [PHOTOS]: [] });
  });

  it('is fetched again after a week', async () => {
    await storage.open(PHOTOS);
    fetches.mockResolvedValueOnce(answer({ agedDays: 8 }));
    await see(photo());
    await see(photo());
    expect(fetches).toHaveBeenCalledTimes(2);
  });

  it('is kept with 149 others at most: the first ones go', async () => {
    await storage.open(PHOTOS);
    for (let number = 100; number < 252; number += 1) await see(photo(number));
    const kept = storage.list()[PHOTOS];
    expect(kept).toHaveLength(150);
    expect(kept?.[0]).toBe(`/photos/${ID}102/small`);
  });

  it('is told by its path', () => {
    const uuid = `${ID}1`;
    expect(isPhotoPath(`/photos/${uuid}/small`)).toBe(true);
    expect(isPhotoPath(`/photos/${uuid}/large`)).toBe(true);
    for (const path of ['/photos', `/photos/${uuid}`, '/graphql', '/export'])
      expect(isPhotoPath(path)).toBe(false);
  });
});

describe('a file of the app', () => {
  const asset = (name: string) => new Request(`${ORIGIN}/assets/${name}`);

  it('is fetched once, also when it is needed by the next version', async () => {
    await handle(answerWithAsset, asset('a.js'));
    await handle(answerWithAsset, asset('a.js'));
    expect(fetches).toHaveBeenCalledTimes(1);
  });

  it('that is gone is not kept', async () => {
    fetches.mockResolvedValue(answer({ status: 404 }));
    await handle(answerWithAsset, asset('a.js'));
    expect(storage.list()).toEqual({ [ASSET_CACHE]: [] });
  });

  it('is fetched ahead, unless it is kept or cannot be fetched', async () => {
    await handle(answerWithAsset, asset('a.js'));
    fetches.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await keepAssets(['/assets/a.js', '/assets/b.js', '/assets/c.js']);
    expect(storage.list()).toEqual({
      [ASSET_CACHE]: ['/assets/a.js', '/assets/c.js'],
    });
  });

  it('of an older version is deleted after a month, and one of this version is not', async () => {
    for (const [name, agedDays] of [
      ['old.js', 31],
      ['recent.js', 29],
      ['current.js', 100],
    ] as const) {
      fetches.mockResolvedValueOnce(answer({ agedDays }));
      await handle(answerWithAsset, asset(name));
    }
    await deleteOldAssets(['/assets/current.js']);
    expect(storage.list()).toEqual({
      [ASSET_CACHE]: ['/assets/recent.js', '/assets/current.js'],
    });
  });
});
