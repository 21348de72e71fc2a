import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
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

let app: RunningApp;
let browser: Browser;
let street: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  street = await startNeighborhood(app, ana, []);
});

afterAll(closeAll);

/** Names of the pages whose code the tab has fetched. */
const fetchedPages = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /(\w+Page)-[^/]*\.js$/.exec(name)?.[1] ?? [])
      .sort(),
  );

test('the page that is usually opened next is fetched ahead, and no other', async () => {
  const { context, page } = await openTab(browser, app);
  await page.goto('/login');
  await logIn(page, 'ana');
  await see(page, 'Hello, Ana!');
  await page.reload();
  await see(page, 'Hello, Ana!');
  await eventually(
    async () => (await fetchedPages(page)).join(' '),
    'DashboardPage ItemsPage',
  );
  await pause(1500);
  expect(await fetchedPages(page)).toEqual(['DashboardPage', 'ItemsPage']);
  await context.close();
});

test.each([{ saveData: true }, { effectiveType: '3g' }])(
  'nothing is fetched ahead on a line with %j',
  async (connection) => {
    const { context, page } = await openTab(browser, app);
    await page.addInitScript((given) => {
      Object.defineProperty(navigator, 'connection', { value: given });
    }, connection);
    await page.goto('/login');
    await logIn(page, 'ana');
    await see(page, 'Hello, Ana!');
    await page.reload();
    await see(page, 'Hello, Ana!');
    await pause(1500);
    expect(await fetchedPages(page)).toEqual(['DashboardPage']);
    await context.close();
  },
);

/** Counts the files of code and style that the page has fetched since it was loaded. */
const countFiles = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/assets/')).length,
  );

test('a page needs few files, as each takes its time on a slow line', async () => {
  const { context, page } = await openTab(browser, app);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await countFiles(page)).toBeLessThan(25);

  await page.goto('/login');
  await logIn(page, 'ana');
  await see(page, 'Hello, Ana!');
  await page.goto(`/n/${street}/items`);
  await see(page, 'Things');
  await page.waitForLoadState('networkidle');
  expect(await countFiles(page)).toBeLessThan(60);
  await context.close();
});
