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

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  await startNeighborhood(app, ana, []);
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
