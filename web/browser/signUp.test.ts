import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { offerItem, startNeighborhood, todayIn } from './lending';
import { linkInMail } from './mail';
import {
  eventually,
  openTab,
  PASSWORD,
  see,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { expectNothingFound, expectToFit } from './whatIsShown';

let app: RunningApp;
let browser: Browser;
let ben: { accessToken: string };
let elmStreet: string;
let drill: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  ben = await signUp(app, 'ben', 'Ben');
  elmStreet = await startNeighborhood(app, ben, []);
  drill = await offerItem(app, ben.accessToken, elmStreet, 'Cordless drill');
});

afterAll(closeAll);

/** Fills in the sign-up form, but for the e-mail address. */
async function fillIn(page: Page, username: string): Promise<void> {
  await page.goto(`/signup?next=/items/${drill}`);
  await page.getByLabel('Your name').fill('Ana');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
}

const submit = (page: Page) =>
  page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();

/** Joins Ben's neighborhood, and asks for his drill for today. */
async function requestDrill(page: Page): Promise<void> {
  await see(page, 'This thing is not here');
  await page.goto(`/n/${elmStreet}`);
  const join = page.getByRole('button', { name: 'Join' });
  await join.click();
  await join.waitFor({ state: 'hidden' });
  await page.goto(`/items/${drill}`);
  const today = await todayIn(app, ben.accessToken, elmStreet);
  const label = new Intl.DateTimeFormat('en', {
    dateStyle: 'full',
    timeZone: 'UTC',
  }).format(Date.parse(today));
  const day = page.getByRole('button', { name: label });
  await day.click();
  await day.click();
  await page.getByRole('button', { name: 'Ask to borrow' }).click();
  await page.getByText('Waiting for Ben to answer.').waitFor();
}

test('a mistyped e-mail address is corrected by the keyboard, and the mail arrives there', async () => {
  const { page } = await openTab(browser, app, {
    viewport: { width: 320, height: 700 },
  });
  await fillIn(page, 'ana');
  await page.getByLabel('E-mail address').fill('ana@gmial.com');
  await page.getByText('Did you mean').waitFor();
  await expectToFit(page);
  await expectNothingFound(page);
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  const field = page.getByLabel('E-mail address');
  await eventually(() => field.inputValue(), 'ana@gmail.com');
  await field.and(page.locator(':focus')).waitFor();
  await submit(page);
  await page.getByText('on its way to ana@gmail.com').waitFor();
  await linkInMail(app, 'ana@gmail.com', '/verify-email');

  await requestDrill(page);
  // There is an address, and this browser has no service worker, but could get pushes.
  const prompt = page.getByRole('region', { name: 'Hear of the answer' });
  await prompt
    .getByRole('button', { name: 'Tell me when Ben answers' })
    .waitFor();
  expect(
    await prompt.getByRole('button', { name: 'Tell me by e-mail' }).count(),
  ).toBe(0);
});

test('a first request without an e-mail address offers to tell of its answer, once', async () => {
  const { page } = await openTab(browser, app, {
    viewport: { width: 320, height: 700 },
  });
  await fillIn(page, 'anna');
  await submit(page);
  await requestDrill(page);
  const prompt = page.getByRole('region', { name: 'Hear of the answer' });
  await prompt.getByRole('button', { name: 'Tell me by e-mail' }).click();
  await page.getByLabel('Your e-mail address').fill('anna@example.org');
  await expectToFit(page);
  await expectNothingFound(page);
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('on its way to anna@example.org').waitFor();
  await prompt.waitFor({ state: 'hidden' });
  await linkInMail(app, 'anna@example.org', '/verify-email');

  await page.reload();
  await page.getByText('Waiting for Ben to answer.').waitFor();
  expect(await prompt.count()).toBe(0);
});
