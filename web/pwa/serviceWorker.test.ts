import { waitFor } from '@testing-library/react';
import { startServiceWorker } from './serviceWorker';

const ENTRY = '/assets/index-00000001.js';
const documentOf = (entry: string) =>
  `<script type="module" crossorigin src="${entry}"></script>`;

let workers: EventTarget & {
  controller: object | null;
  register: jest.Mock;
  ready: Promise<object>;
};
let registration: { update: jest.Mock };
let postMessage: jest.Mock;
let openPage: jest.Mock;
let reload: jest.Mock;
let offerVersion: jest.Mock<void, [() => void]>;
let visibility: string;
let now: number;

beforeEach(() => {
  document.head.innerHTML = documentOf(ENTRY);
  document.body.innerHTML = '';
  postMessage = jest.fn();
  registration = { update: jest.fn(() => Promise.resolve()) };
  workers = Object.assign(new EventTarget(), {
    controller: {},
    register: jest.fn(() => Promise.resolve(registration)),
    ready: Promise.resolve({ active: { postMessage } }),
  });
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: workers,
  });
  visibility = 'visible';
  jest
    .spyOn(document, 'visibilityState', 'get')
    .mockImplementation(() => visibility as DocumentVisibilityState);
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  openPage = jest.fn();
  reload = jest.fn();
  offerVersion = jest.fn<void, [() => void]>();
});

const start = (keepsPages = false) =>
  startServiceWorker({ openPage, keepsPages, offerVersion, reload });

/** The server has this script, and another worker has taken over. */
function deploy(entry: string): jest.Mock {
  const fetched = jest.fn(() =>
    Promise.resolve({
      ok: true,
      text: () => Promise.resolve(documentOf(entry)),
    }),
  );
  Object.assign(globalThis, { fetch: fetched });
  workers.dispatchEvent(new Event('controllerchange'));
  return fetched;
}

async function deployAndSeeOffer() {
  deploy('/assets/index-00000002.js');
  await waitFor(() => expect(offerVersion).toHaveBeenCalledTimes(1));
}

/** Hides the tab and comes back after some time. */
function beAway(milliseconds: number): void {
  visibility = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  now += milliseconds;
  visibility = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
}

test('a browser without service workers starts none', async () => {
  Object.defineProperty(navigator, 'serviceWorker', { value: undefined });
  await expect(start()).resolves.toBeUndefined();
});

test('the worker is registered, and asked for at each update, not taken from a cache', async () => {
  await start();
  expect(workers.register).toHaveBeenCalledWith('/sw.js', {
    updateViaCache: 'none',
  });
});

test('the code of all pages and the texts in use are kept on a good line alone', async () => {
  await start(false);
  expect(postMessage).not.toHaveBeenCalled();
  const catalog = 'https://example.org/assets/languages/rest.de-1.js';
  const others = ['https://example.org/assets/LoanPage-1.js'];
  // jsdom has no such list.
  Object.assign(performance, {
    getEntriesByType: () => [catalog, ...others].map((name) => ({ name })),
  });
  await start(true);
  expect(postMessage).toHaveBeenCalledWith({
    type: 'keepPages',
    catalogs: [catalog],
  });
});

test('a new version is offered once, and loaded by its button', async () => {
  await start();
  await deployAndSeeOffer();
  deploy('/assets/index-00000003.js');
  await Promise.resolve();
  expect(offerVersion).toHaveBeenCalledTimes(1);
  expect(reload).not.toHaveBeenCalled();
  jest.mocked(offerVersion).mock.calls[0]?.[0]();
  expect(reload).toHaveBeenCalledTimes(1);
});

test('a page that has the new version already offers nothing', async () => {
  await start();
  const fetched = deploy(ENTRY);
  await waitFor(() => expect(fetched).toHaveBeenCalled());
  beAway(120_000);
  expect(offerVersion).not.toHaveBeenCalled();
  expect(reload).not.toHaveBeenCalled();
});

test('the first worker of a browser is no new version', async () => {
  workers.controller = null;
  await start();
  expect(deploy(ENTRY)).not.toHaveBeenCalled();
  await deployAndSeeOffer();
});

test('a tab that is visited again loads the new version', async () => {
  await start();
  await deployAndSeeOffer();
  beAway(1000);
  expect(reload).not.toHaveBeenCalled();
  beAway(120_000);
  expect(reload).toHaveBeenCalledTimes(1);
});

test.each([
  '<form></form>',
  '<textarea></textarea>',
  '<section role="dialog"></section>',
])('a tab with %s is not loaded again by itself', async (html) => {
  await start();
  await deployAndSeeOffer();
  document.body.innerHTML = html;
  beAway(120_000);
  expect(reload).not.toHaveBeenCalled();
});

test('a tab that is visited again looks for a new version', async () => {
  await start();
  registration.update.mockRejectedValue(new TypeError('Failed to fetch'));
  beAway(1000);
  expect(registration.update).not.toHaveBeenCalled();
  beAway(120_000);
  expect(registration.update).toHaveBeenCalledTimes(1);
});

test.each([
  ['/loans/7?from=push', '/loans/7?from=push'],
  ['https://evil.example/', '/'],
])('a message to open %s opens %s and is confirmed', async (url, opened) => {
  await start();
  const port = { postMessage: jest.fn() };
  const message = new MessageEvent('message', { data: { type: 'open', url } });
  Object.defineProperty(message, 'ports', { value: [port] });
  workers.dispatchEvent(message);
  expect(openPage).toHaveBeenCalledWith(opened);
  expect(port.postMessage).toHaveBeenCalled();
});

test('other messages open nothing', async () => {
  await start();
  for (const data of [null, 'open', { type: 'other', url: '/loans' }])
    workers.dispatchEvent(new MessageEvent('message', { data }));
  expect(openPage).not.toHaveBeenCalled();
});
