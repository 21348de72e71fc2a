import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startDeployments } from './deploys';
import { openTab, see, startBrowser } from './neighbor';
import { closeAll } from './open';
import { expectNothingFound, expectToFit } from './whatIsShown';
import { controlled, keepPages } from './worker';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

const openSignUp = async (at: Pick<RunningApp, 'url'> = app): Promise<Page> => {
  const { page } = await openTab(browser, at, { serviceWorkers: 'allow' });
  await page.goto('/signup');
  await see(page, 'Sign up');
  await controlled(page);
  return page;
};

test('a page opened without a connection says so, and opens when the connection is back', async () => {
  const page = await openSignUp();

  await app.kill();
  await page.goto('/login');
  await see(page, 'You are offline');
  await expectNothingFound(page);
  await page.setViewportSize({ width: 320, height: 844 });
  await expectToFit(page);

  await app.restart();
  await page.getByRole('link', { name: 'Try again' }).click();
  await see(page, 'Log in');
  expect(new URL(page.url()).pathname).toBe('/login');
});

test('the page without a connection follows the colors that were chosen', async () => {
  const page = await openSignUp();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Switch to dark colors' }).click();

  await app.kill();
  await page.reload();
  await see(page, 'You are offline');
  expect(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
  ).toBe('rgb(31, 26, 24)');
  await app.restart();
});

test('a page that was opened without a connection opens by itself when it is back', async () => {
  const page = await openSignUp();

  await app.kill();
  await page.goto('/login');
  await see(page, 'You are offline');
  await app.restart();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await see(page, 'Log in');
});

test('a page behind a proxy whose server is away says that it cannot be reached', async () => {
  const deployments = await startDeployments(app);
  const page = await openSignUp(deployments);

  deployments.goAway();
  await page.goto('/login');
  await see(page, 'You are offline');
});

test('on a slow line the app starts without waiting for the document', async () => {
  const deployments = await startDeployments(app);
  const page = await openSignUp(deployments);
  await keepPages(page);

  const release = deployments.holdDocuments();
  await page.goto('/login');
  await see(page, 'Log in');
  release();
});
