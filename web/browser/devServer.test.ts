import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import {
  RESTART_TIMEOUT_MS,
  startDevServer,
  type DevServer,
} from './devServer';
import { PASSWORD, eventually, openTab, see, startBrowser } from './neighbor';
import { closeAll } from './open';

const DASHBOARD = 'web/home/DashboardPage.tsx';
const RESOLVERS = 'api/users/users.resolvers.ts';

let dev: DevServer;
let page: Page;

beforeAll(async () => {
  const [server, browser] = await Promise.all([
    startDevServer(),
    startBrowser(),
  ]);
  dev = server;
  ({ page } = await openTab(browser, dev));
});

afterAll(closeAll);

/** Reloads the page until it has this main heading, as the API is away while it restarts. */
async function seeAfterRestart(heading: string): Promise<void> {
  const since = performance.now();
  const found = page.getByRole('heading', { level: 1, name: heading });
  while (performance.now() - since < RESTART_TIMEOUT_MS) {
    await page.reload();
    for (let tries = 0; tries < 20; tries += 1) {
      if (await found.isVisible()) return;
      await pause(100);
    }
  }
  throw new Error(`No heading ${heading}:\n${await page.content()}`);
}

test('the development server shows the edit of a component, of the API and of the schema to a person who stays logged in', async () => {
  await page.goto('/signup');
  await page.getByLabel('Your name').fill('Ana');
  await page.getByLabel('Username').fill('ana');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
  await see(page, 'Hello, Ana!');

  await dev.edit(DASHBOARD, '`Hello, ', '`Good morning, ');
  await see(page, 'Good morning, Ana!');

  await dev.edit(
    RESOLVERS,
    '  User: {',
    '  User: {\n    name: ({ name }) => `${name} of Elm Street`,',
  );
  await seeAfterRestart('Good morning, Ana of Elm Street!');

  await dev.edit(
    'schema.graphql',
    '\ntype User implements Node {',
    '\ntype User implements Node {\n  "What they live by."\n  motto: String!\n',
  );
  await dev.edit(
    RESOLVERS,
    '  User: {',
    "  User: {\n    motto: () => 'Share more',",
  );
  await dev.edit(DASHBOARD, '      about', '      about\n      motto');
  await dev.edit(DASHBOARD, '`Good morning, ', '`${me.motto}, ');
  await dev.contains('api/generated/types.ts', 'motto');
  await dev.contains('web/generated/types.ts', 'motto');
  await seeAfterRestart('Share more, Ana of Elm Street!');
});

test('the development server shows mails, with the edit of their layout', async () => {
  const mail = async () =>
    (await fetch(`${dev.url}/dev/mails/testMail/html`)).text();
  expect(await mail()).toContain('<p>Hello Ana!</p>');

  await dev.edit('api/mail/mail.mjml', '<p>{{.}}</p>', '<p>“{{.}}”</p>');
  await dev.contains('api/mail/generated/templates.ts', '<p>“{{.}}”</p>');
  await eventually(
    async () => (await mail().catch(String)).includes('<p>“Hello Ana!”</p>'),
    true,
    RESTART_TIMEOUT_MS,
  );
});

test('the development server has the explorer and the reference without a build', async () => {
  await page.goto('/docs');
  await see(page, 'NeighborShare API reference');
  await page.goto('/graphql#query=%7B__typename%7D');
  await page.getByRole('button', { name: /^Execute query/ }).waitFor();
  await page
    .locator('.graphiql-query-editor')
    .getByText('__typename')
    .waitFor();
});
