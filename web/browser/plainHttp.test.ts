import type { Browser } from 'playwright-core';
import { startApp, type RunningApp } from './app';
import { logIn, openTab, see, signUp, startBrowser } from './neighbor';
import { closeAll } from './open';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({
      NODE_ENV: 'production',
      JWT_SECRET: '0123456789abcdefghijklmnopqrstuv',
      BCRYPT_COST: '10',
    }),
    startBrowser(),
  ]);
});

afterAll(closeAll);

test('a server in production says that it needs TLS when it is opened over plain HTTP', async () => {
  const { page } = await openTab(browser, app);
  const address = `http://share.test:${new URL(app.url).port}`;

  await page.goto(`${address}/login`);

  await see(page, 'This address is not secure');
  const message = page.getByRole('alert');
  await message.getByText('Open NeighborShare with https://').waitFor();
  expect(await message.innerText()).toContain(address);
});

test('a server in production works over plain HTTP on its own machine', async () => {
  await signUp(app, 'ana', 'Ana');
  const { page } = await openTab(browser, app);
  await page.goto('/login');
  await logIn(page, 'ana');
  await page
    .getByRole('link', { name: /neighborhood/i })
    .first()
    .waitFor();

  await page.reload();

  await page
    .getByRole('link', { name: /neighborhood/i })
    .first()
    .waitFor();
  expect(new URL(page.url()).pathname).not.toBe('/login');
});
