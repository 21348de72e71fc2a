import { answerNavigation } from './navigation';

const SHELL = new Response('shell');
const OFFLINE = new Response('offline');
const NETWORK = new Response('network');

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

/** Opens an address, with an answer of the network that the test gives. */
function open(path: string, kept = { shell: SHELL, offline: OFFLINE }) {
  const { promise, resolve, reject } = deferred<Response>();
  const event = {
    request: new Request(`https://share.example.org${path}`),
    preloadResponse: promise,
    waitUntil: () => undefined,
  };
  const answer = answerNavigation(event as unknown as FetchEvent, {
    shell: () => Promise.resolve(kept.shell),
    offlinePage: () => Promise.resolve(kept.offline),
  });
  return { answer, resolve, reject };
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}

test('a page comes from the network', async () => {
  const { answer, resolve } = open('/loans');
  resolve(NETWORK);
  expect(await answer).toBe(NETWORK);
});

test('a page that does not arrive is replaced by the kept app', async () => {
  const { answer } = open('/loans/7');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(await answer).toBe(SHELL);
});

test('an address that is no page is waited for', async () => {
  const { answer, resolve } = open('/export');
  await jest.advanceTimersByTimeAsync(60_000);
  resolve(NETWORK);
  expect(await answer).toBe(NETWORK);
});

test('an address that cannot be reached is replaced by the page that says so', async () => {
  for (const path of ['/loans', '/docs']) {
    const { answer, reject } = open(path);
    reject(new TypeError('Failed to fetch'));
    expect(await answer).toBe(OFFLINE);
  }
});

test.each([502, 503, 504])(
  'a proxy that answers %i is as good as no connection',
  async (status) => {
    const { answer, resolve } = open('/loans');
    resolve(new Response('Bad gateway', { status }));
    expect(await answer).toBe(OFFLINE);
  },
);

test('other statuses are shown, as the app has pages for them', async () => {
  for (const status of [404, 500]) {
    const { answer, resolve } = open('/loans');
    const response = new Response('', { status });
    resolve(response);
    expect(await answer).toBe(response);
  }
});
