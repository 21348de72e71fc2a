import type { Browser } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { openTab, see, startBrowser } from './neighbor';
import { closeAll } from './open';
import { expectNothingFound, expectToFit } from './whatIsShown';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

test('a page opened without a connection says so, and opens when the connection is back', async () => {
  const { page } = await openTab(browser, app, { serviceWorkers: 'allow' });
  await page.goto('/signup');
  await see(page, 'Sign up');
  await page.evaluate(() => navigator.serviceWorker.ready);

  await app.kill();
  await page.goto('/login');
  await see(page, 'No connection');
  await expectNothingFound(page);
  await page.setViewportSize({ width: 320, height: 844 });
  await expectToFit(page);

  await app.restart();
  await page.getByRole('link', { name: 'Try again' }).click();
  await see(page, 'Log in');
  expect(new URL(page.url()).pathname).toBe('/login');
});
