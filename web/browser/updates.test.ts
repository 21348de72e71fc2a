import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startDeployments } from './deploys';
import { startNeighborhood } from './lending';
import {
  eventually,
  logIn,
  openTab,
  see,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { controlled, keepPages, storedIn } from './worker';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  await startNeighborhood(app, ana, []);
});

afterAll(closeAll);

/** Opens the app behind a proxy that plays deploys, as Ana. */
async function openApp(serviceWorkers: 'allow' | 'block') {
  const deployments = await startDeployments(app);
  const { context, page } = await openTab(browser, deployments, {
    serviceWorkers,
  });
  await page.goto('/login');
  await logIn(page, 'ana');
  await see(page, 'Hello, Ana!');
  return { deployments, context, page };
}

/** Number of the version that a page shows. */
const versionOf = (page: Page): Promise<string> =>
  page
    .locator('script[type="module"]')
    .first()
    .getAttribute('src')
    .then((src) => /\.(v\d+)\./.exec(src ?? '')?.[1] ?? 'v1');

/** Marks the document, to see whether the page is loaded again. */
const mark = (page: Page): Promise<unknown> =>
  page.evaluate(() => Object.assign(window, { isMarked: true }));
const isMarked = (page: Page): Promise<boolean> =>
  page.evaluate(() => 'isMarked' in window);

const updateWorker = (page: Page): Promise<unknown> =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).update());

test('a page that is open during a deploy opens all other pages, without loading itself again', async () => {
  const { deployments, page } = await openApp('allow');
  await keepPages(page);
  await mark(page);

  deployments.deploy();
  await updateWorker(page);
  await page.getByText('A new version is ready.').waitFor();
  await page.getByRole('link', { name: 'You' }).first().click();
  await see(page, 'Your profile');
  await page.getByRole('link', { name: 'Loans' }).first().click();
  await see(page, 'Loans');
  expect(await isMarked(page)).toBe(true);
});

test('a page without a service worker opens the next page in the new version', async () => {
  const { deployments, page } = await openApp('block');
  await mark(page);

  deployments.deploy();
  await page.getByRole('link', { name: 'You' }).first().click();
  await see(page, 'Your profile');
  expect(new URL(page.url()).pathname).toBe('/profile');
  expect(await isMarked(page)).toBe(false);
  expect(await versionOf(page)).toBe('v2');
});

test('the first visit after a deploy shows the new version, and says nothing about it', async () => {
  const { deployments, page } = await openApp('allow');
  await keepPages(page);

  deployments.deploy();
  await page.reload();
  await see(page, 'Hello, Ana!');
  expect(await versionOf(page)).toBe('v2');
  // The worker follows in the background.
  await eventually(
    async () =>
      Object.values((await storedIn(page)).caches)
        .flat()
        .some((path) => /\/start-.*\.v2\.js/.test(path)),
    true,
  );
  await controlled(page);
  await page.waitForTimeout(500);
  expect(await page.getByText('A new version is ready.').count()).toBe(0);
});

test('a new version waits for the user while something is typed', async () => {
  const { deployments, page } = await openApp('allow');
  await controlled(page);
  await page.getByRole('link', { name: 'You' }).first().click();
  await page.getByRole('link', { name: 'Edit' }).first().click();
  await page.getByLabel('Your name').fill('Ana Maria');
  await mark(page);

  deployments.deploy();
  await updateWorker(page);
  await page.getByText('A new version is ready.').waitFor();
  expect(await page.getByLabel('Your name').inputValue()).toBe('Ana Maria');
  expect(await isMarked(page)).toBe(true);

  await page.getByRole('button', { name: 'Reload' }).click();
  await eventually(() => versionOf(page), 'v2');
  // From the draft.
  await eventually(
    () => page.getByLabel('Your name').inputValue(),
    'Ana Maria',
  );
});

test('a server without the service worker makes browsers remove it', async () => {
  const { deployments, context, page } = await openApp('allow');
  await keepPages(page);

  deployments.moveTo(await startApp({ SERVICE_WORKER: 'false' }));
  await page.goto('/login');
  await see(page, 'Log in');
  await eventually(
    async () => Object.keys((await storedIn(page)).caches).length,
    0,
  );
  await context.close();
});
