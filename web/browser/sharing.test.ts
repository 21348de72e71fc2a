import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { offerItem, startNeighborhood } from './lending';
import { logIn, openTab, see, signUp, startBrowser } from './neighbor';
import { closeAll } from './open';

let app: RunningApp;
let browser: Browser;
let neighborhoodId: string;
let itemId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  const ben = await signUp(app, 'ben', 'Ben');
  neighborhoodId = await startNeighborhood(app, ana, [ben]);
  itemId = await offerItem(
    app,
    ana.accessToken,
    neighborhoodId,
    'Cordless drill',
  );
});

afterAll(closeAll);

/** Opens a page as Ben, who is a member. */
async function openAsBen(
  path: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<Page> {
  const { page, context } = await openTab(browser, app);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await prepare(page);
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await logIn(page, 'ben');
  return page;
}

const clipboard = (page: Page) =>
  page.evaluate(() => navigator.clipboard.readText());

test('an item is shared by the apps of the device, or its link is copied', async () => {
  const page = await openAsBen(`/items/${itemId}`, (page) =>
    page.addInitScript(() => {
      Object.defineProperty(navigator, 'share', {
        value: (shared: ShareData) => {
          document.documentElement.dataset.shared = JSON.stringify(shared);
          return Promise.resolve();
        },
        configurable: true,
      });
    }),
  );
  await page.getByRole('button', { name: 'Share' }).click();
  const shared = await page.locator('html').getAttribute('data-shared');
  expect(JSON.parse(shared ?? '')).toEqual({
    title: 'Cordless drill',
    url: `${app.url}/items/${itemId}`,
  });

  const other = await openAsBen(`/items/${itemId}`, (page) =>
    page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'share');
    }),
  );
  await other.getByRole('button', { name: 'Copy link' }).click();
  await other.getByText('Only neighbors can open it').waitFor();
  expect(await clipboard(other)).toBe(`${app.url}/items/${itemId}`);
});

test('a member makes an invite, copies it, and prints it as one sheet, black on white', async () => {
  const page = await openAsBen(`/n/${neighborhoodId}`);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const field = page.getByLabel('Invite link of Ben');
  const link = await field.inputValue();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('The link is copied').waitFor();
  expect(await clipboard(page)).toBe(link);

  await page.getByRole('link', { name: 'Print' }).click();
  await see(page, 'Invite to print');
  const sheet = page.getByRole('region', { name: 'The printed page' });
  await sheet.getByText(link).waitFor();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

  await sheet.getByRole('heading', { name: 'Elm Street' }).waitFor();
  await sheet.getByRole('img', { name: /^QR code/ }).waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  expect(await page.getByRole('navigation').count()).toBe(0);
  expect(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
  ).toBe('rgb(255, 255, 255)');
  expect(
    await sheet
      .getByRole('heading')
      .evaluate((heading) => getComputedStyle(heading).color),
  ).toBe('rgb(0, 0, 0)');
  for (const format of ['A4', 'Letter']) {
    const pdf = await page.pdf({ format });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  }
});
