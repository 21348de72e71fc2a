import type { Browser } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { lendSomething } from './lending';
import { eventually, logIn, openTab, see, startBrowser } from './neighbor';
import { closeAll } from './open';
import { controlled, storedIn } from './worker';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

const HASHED = /^\/assets\/[\w.~-]+-[\w-]{8}\.(js|css)$/;

/** Opens an item with pictures as Igor, who gets notifications, and waits until the pictures are kept. */
async function visit() {
  const { id, itemId } = await lendSomething(app);
  const { context, page } = await openTab(browser, app, {
    serviceWorkers: 'allow',
  });
  await context.grantPermissions(['notifications']);
  await page.goto(`/n/${id}/items`);
  await logIn(page, 'igor');
  await see(page, 'Things');
  await controlled(page);
  await page.goto(`/items/${itemId}`);
  await see(page, 'Cordless drill');
  const photoCaches = async () =>
    Object.entries((await storedIn(page)).caches).filter(([name]) =>
      name.startsWith('neighborshare-photos-'),
    );
  await eventually(
    async () => (await photoCaches())[0]?.[1].length !== 0,
    true,
  );
  await page.evaluate(async () => {
    const { showNotification } = await navigator.serviceWorker.ready.then(
      (registration) => ({
        showNotification: registration.showNotification.bind(registration),
      }),
    );
    await showNotification('Hanna promised you the drill');
  });
  return { page, photoCaches };
}

/** Expects that nothing in the browser could tell who was logged in, or has been read. */
async function expectNothingPersonal(
  page: Awaited<ReturnType<typeof visit>>['page'],
) {
  const stored = await storedIn(page);
  const {
    precache = [],
    assets = [],
    ...others
  } = Object.fromEntries(
    Object.entries(stored.caches).map(([name, paths]) => [
      /^neighborshare-(precache|assets)/.exec(name)?.[1] ?? name,
      paths,
    ]),
  );
  expect(others).toEqual({});
  expect(assets.filter((path) => !HASHED.test(path))).toEqual([]);
  expect(precache.filter((path) => !HASHED.test(path)).sort()).toEqual([
    '/color-scheme.js',
    '/favicon.svg',
    '/index.html',
    '/offline.html',
    '/offline.js',
  ]);
  expect(stored.local).toEqual([]);
  expect(
    stored.session.filter((name) => !name.startsWith('react-router')),
  ).toEqual([]);
  expect(stored.databases).toEqual([]);
  expect(
    await page.evaluate(
      async () =>
        (await (await navigator.serviceWorker.ready).getNotifications()).length,
    ),
  ).toBe(0);
}

test('pictures are kept while a user is logged in, and nothing of the user after the logout', async () => {
  const { page, photoCaches } = await visit();
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await see(page, 'Log in');

  await eventually(async () => (await photoCaches()).length, 0);
  await eventually(
    () =>
      page.evaluate(
        async () =>
          (await (await navigator.serviceWorker.ready).getNotifications())
            .length,
      ),
    0,
  );
  await expectNothingPersonal(page);
});

test('nothing of a user is kept after the session was ended on another device', async () => {
  const { page, photoCaches } = await visit();
  const { page: desk } = await openTab(browser, app);
  await desk.goto('/account');
  await logIn(desk, 'igor');
  await desk.getByRole('button', { name: 'Log out everywhere else' }).click();
  await desk.getByRole('button', { name: 'Log them out' }).click();
  // Its socket is closed, so it notices at once.
  await see(page, 'Log in');
  await eventually(async () => (await photoCaches()).length, 0);
  await page.reload();
  await see(page, 'Log in');
  await expectNothingPersonal(page);
});

test('a visitor sees pictures of no cache, and leaves none', async () => {
  const { page } = await openTab(browser, app, { serviceWorkers: 'allow' });
  await page.goto('/');
  await controlled(page);
  await page.reload();
  await see(page, 'Good things, shared next door');
  await expectNothingPersonal(page);
});
