import type { Page } from 'playwright-core';
import {
  RESTART_TIMEOUT_MS,
  startDevServer,
  type DevServer,
} from './devServer';
import { eventually, openTab, see, startBrowser } from './neighbor';
import { closeAll } from './open';

const SCHEMA = 'schema.graphql';
const ITEM_PAGE = 'web/items/ItemPage.tsx';

let dev: DevServer;
let page: Page;

beforeAll(async () => {
  const [server, browser] = await Promise.all([
    startDevServer('--mock'),
    startBrowser(),
  ]);
  dev = server;
  ({ page } = await openTab(browser, dev));
});

afterAll(closeAll);

/** Follows the first link of the page to an address of this kind. @returns the address */
async function follow(kind: RegExp): Promise<string> {
  const links = page.getByRole('main').getByRole('link');
  const find = async () => {
    for (const link of await links.all()) {
      const address = await link.getAttribute('href');
      if (address && kind.test(address)) return address;
    }
    return null;
  };
  await eventually(async () => (await find()) !== null, true);
  const address = String(await find());
  await page.goto(address);
  return address;
}

/** Reloads the page until it has this main heading, as the server is away while it restarts. */
const seeAfterRestart = (heading: RegExp) =>
  eventually(
    async () => {
      // Vite may reload the page at the same time.
      await page.reload().catch(() => undefined);
      const found = page.getByRole('heading', { level: 1, name: heading });
      return found.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    },
    true,
    RESTART_TIMEOUT_MS,
  );

test('the pages work against the mock server, and show a field that the API does not implement', async () => {
  await page.goto('/login');
  await page.getByLabel('Username').fill('ana');
  await page.getByLabel('Password', { exact: true }).fill('good neighbors');
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
  await see(page, 'Hello, Ana Lima!');

  await page.goto('/neighborhoods');
  const neighborhood = await follow(/^\/n\/[^/]+$/);
  await see(page, 'Sparrow Lane');
  await page.goto(`${neighborhood}/recipes`);
  await see(page, 'Recipes');
  await follow(/^\/recipes\/[\w-]{36}$/);
  await page.getByRole('article').waitFor();
  await page.goto('/loans');
  await follow(/^\/loans\/[\w-]{36}/);
  await page.getByRole('heading', { level: 2, name: 'Messages' }).waitFor();
  await page.goto('/notifications');
  await see(page, 'Notifications');
  await page.goto('/account');
  await see(page, 'Account');
  await page.goto(`${neighborhood}/items`);
  await see(page, 'Things');
  const item = await follow(/^\/items\/[\w-]{36}$/);

  await dev.edit(
    SCHEMA,
    '\ntype Item implements Node {',
    '\ntype Item implements Node {\n  "Stars."\n  stars: Int! @example(values: ["4"])\n',
  );
  await dev.edit(
    ITEM_PAGE,
    '        description\n',
    '        description\n        stars\n',
  );
  await dev.edit(
    ITEM_PAGE,
    'title={item.title}',
    'title={`${item.title}, ${item.stars} of 5 stars`}',
  );
  await dev.contains('web/generated/types.ts', 'stars');
  // Still logged in.
  await seeAfterRestart(/, 4 of 5 stars$/);
  expect(new URL(page.url()).pathname).toBe(item);

  await dev.edit(SCHEMA, '  stars: Int!', '  stars: Itn!');
  await dev.prints('Unknown type "Itn". Did you mean "Int"');
  await dev.edit(
    SCHEMA,
    '  stars: Itn! @example(values: ["4"])',
    '  stars: Int! @example(values: ["5"])',
  );
  await seeAfterRestart(/, 5 of 5 stars$/);
});
