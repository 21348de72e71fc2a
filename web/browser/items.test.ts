import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addDays, formatFullDay } from '../ui/dates';
import type { RunningApp } from './app';
import { startApp } from './app';
import {
  actOnLoan,
  offerItem,
  requestLoan,
  startNeighborhood,
  todayIn,
} from './lending';
import {
  eventually,
  logIn,
  openTab,
  see,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { aPicture } from './pictures';

let app: RunningApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let ana: string;
let bela: string;
let neighborhoodId: string;
let today: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const people = [
    await signUp(app, 'ana', 'Ana'),
    await signUp(app, 'bela', 'Bela'),
    await signUp(app, 'carla', 'Carla'),
  ] as const;
  const [owner, ...others] = people;
  ana = owner.accessToken;
  bela = people[1].accessToken;
  neighborhoodId = await startNeighborhood(app, owner, others);
  today = await todayIn(app, ana, neighborhoodId);
});

afterAll(closeAll);

beforeEach(async () => {
  ({ context, page } = await openTab(browser, app));
});

afterEach(() => context.close());

/** Opens a page as a logged-in user, without the login form. */
async function openAs(username: string, path: string): Promise<void> {
  await page.goto(path);
  await see(page, 'Log in');
  await logIn(page, username);
}

/** Finds a day in the calendar, paging to its month. */
async function day(date: string) {
  // Days of adjacent months exist as well, but hidden.
  const button = page
    .getByLabel(formatFullDay(date))
    .and(page.locator(':not([data-outside], [data-hidden])'));
  await page.getByLabel('Next month').waitFor();
  while ((await button.count()) === 0)
    await page.getByLabel('Next month').click();
  return button;
}

const inDays = (count: number) => addDays(today, count);

/** Creates an item of Ana's with an approved loan to Bela. */
async function promised(title: string, from: string, to: string) {
  const itemId = await offerItem(app, ana, neighborhoodId, title);
  const loanId = await requestLoan(app, bela, itemId, from, to);
  await actOnLoan(app, ana, 'approveLoan', loanId);
  return itemId;
}

test('an item is offered with photos, which keep their orientation', async () => {
  await openAs('ana', `/n/${neighborhoodId}/items`);
  await page.getByRole('link', { name: 'Offer a thing' }).click();
  await see(page, 'Offer a thing');
  await page.locator('input[type="file"]').setInputFiles([
    await aPicture('one.jpg'),
    {
      name: 'note.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('hello'),
    },
    await aPicture('two.jpg', '#527f46'),
  ]);
  await page.getByText(/This is not a picture/).waitFor();
  await page.getByRole('img', { name: 'Photo 2' }).waitFor();
  await page.getByRole('button', { name: 'Move photo 2 left' }).click();
  await page.getByLabel('What is it?').fill('Cordless drill');
  await page.getByLabel('What kind of thing?').selectOption('Tools');
  await page.getByRole('button', { name: 'Offer it' }).click();

  await see(page, 'Cordless drill');
  await page.getByText('Offered! Your neighbors can find it now.').waitFor();
  const photo = page.getByRole('img', { name: 'Cordless drill, photo 1' });
  await photo.waitFor();
  const size = await photo.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  expect(size).toEqual([480, 640]);
  await page.getByRole('button', { name: 'Next photo' }).click();
  await page.getByRole('group', { name: 'Photo 2 of 2' }).waitFor();
});

test('an item is found by words and days, and going back restores the search', async () => {
  await promised('Sewing machine', inDays(3), inDays(5));
  await offerItem(app, ana, neighborhoodId, 'Tent');

  await openAs('carla', `/n/${neighborhoodId}/items`);
  const machine = page.getByRole('link', { name: 'Sewing machine' });
  const tent = page.getByRole('link', { name: 'Tent' });
  await tent.waitFor();
  await page.getByLabel('Search things').fill('sew mach');
  await tent.waitFor({ state: 'detached' });
  await machine.waitFor();
  await page.waitForURL(/search=sew/);

  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('button', { name: 'Any days' }).click();
  await (await day(inDays(4))).click();
  await (await day(inDays(6))).click();
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.waitForURL(({ search }) =>
    search.includes(`from=${inDays(4)}&to=${inDays(6)}`),
  );

  await page.goBack();
  await machine.waitFor();
  await eventually(
    () => page.getByLabel('Search things').inputValue(),
    'sew mach',
  );
  await page.goForward();
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.getByRole('button', { name: 'Look on any day' }).click();
  await machine.waitFor();
  await eventually(
    () => page.getByLabel('Search things').inputValue(),
    'sew mach',
  );
});

test('busy days cannot be chosen, and a request leads to its loan', async () => {
  const id = await promised('Ladder', inDays(3), inDays(4));
  await openAs('carla', `/items/${id}`);
  await see(page, 'Ladder');

  const busy = await day(inDays(3));
  await busy.and(page.locator(':disabled[aria-label*="busy"]')).waitFor();

  await (await day(inDays(6))).click();
  await (await day(inDays(7))).click();
  await page.getByText(': 2 days').waitFor();
  await page.getByLabel('A note').fill('For the gutter');
  await page.getByRole('button', { name: 'Ask to borrow' }).click();
  await page.getByText('Asked! We tell you when Ana answers.').waitFor();
  await page.waitForURL('**/loans/*');
  await page.getByText('For the gutter').waitFor();
});

test('the calendar works with the keyboard alone, and steps over busy days', async () => {
  const first = `${inDays(32).slice(0, 8)}01`;
  const [second, third] = [addDays(first, 1), addDays(first, 2)];
  const id = await promised('Trailer', second, second);
  await openAs('carla', `/items/${id}`);
  await see(page, 'Trailer');
  const begin = await day(first);
  // Days can be chosen once the busy days have loaded.
  await begin.and(page.locator(':enabled')).waitFor();
  await begin.focus();
  await page.keyboard.press('ArrowRight');
  await eventually(
    () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    formatFullDay(third),
  );
  await page.keyboard.press('Enter');
  await page.getByText('Now the last day. It may be the same.').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText(': 2 days').waitFor();
});
