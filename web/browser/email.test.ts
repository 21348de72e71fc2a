import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { linkInMail, unsubscribeToken } from './mail';
import {
  eventually,
  logIn,
  newUsername,
  openTab,
  PASSWORD,
  see,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { expectNothingFound, expectToFit } from './whatIsShown';

const NEW = 'a ladder against the plum tree';

let app: RunningApp;
let browser: Browser;
let username: string;
let email: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

beforeEach(() => {
  username = newUsername();
  email = `${username}@example.org`;
});

afterEach(() => Promise.all(browser.contexts().map((open) => open.close())));

/** Opens the account page of the logged-in Ana. */
async function openAccount(): Promise<Page> {
  const { page } = await openTab(browser, app);
  await page.goto('/login?next=/account');
  await logIn(page, username);
  await see(page, 'Account');
  return page;
}

const pathOf = (page: Page) => page.url().replace(app.url, '');

test('a verified e-mail address lets a user reset a forgotten password', async () => {
  await signUp(app, username, 'Ana');
  const page = await openAccount();
  const section = page.getByRole('region', { name: 'E-mail' });

  await section.getByRole('button', { name: 'Add an address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your e-mail address').fill(email);
  await dialog.getByLabel('Your password').fill('a guess');
  await page.keyboard.press('Enter');
  await dialog.getByText('This password is wrong').waitFor();
  await expectNothingFound(page);
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await section.getByText('Not confirmed yet').waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await expectNothingFound(page);

  // The mail opens another tab.
  const tab = await page.context().newPage();
  const verify = await linkInMail(app, email, '/verify-email');
  await tab.goto(verify);
  await see(tab, 'Confirm your address');
  await eventually(() => pathOf(tab), '/verify-email');
  await tab.getByRole('button', { name: 'Yes, it is my address' }).click();
  await tab.getByText(`${email} is your e-mail address`).waitFor();
  await expectNothingFound(tab);
  // Another link in the same tab does not reload the page, but is noticed.
  await tab.goto(verify);
  await tab.goto(verify.replace('#token=', '#token=x'));
  await eventually(() => pathOf(tab), '/verify-email');
  await tab.getByRole('button', { name: 'Yes, it is my address' }).click();
  await tab.getByText('This link has expired or was already used').waitFor();
  await tab.close();

  await page.reload();
  await section.getByText('Confirmed', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Your account, Ana' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await see(page, 'Log in');

  await page.goto('/login');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await see(page, 'Forgot your password?');
  await page.getByLabel('E-mail address').fill(email);
  await page.keyboard.press('Enter');
  await page.getByText('Check your mail').waitFor();
  await expectNothingFound(page);

  await page.goto(await linkInMail(app, email, '/reset-password'));
  await see(page, 'Choose a new password');
  await eventually(() => pathOf(page), '/reset-password');
  await page.getByLabel('Your new password').fill('password');
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid="true"]').waitFor();
  await expectNothingFound(page);
  await page.getByLabel('Your new password').fill(NEW);
  await page.keyboard.press('Enter');
  await see(page, 'Log in');
  await page.getByText('Your password is changed').waitFor();
  await expectNothingFound(page);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(NEW);
  await page.keyboard.press('Enter');
  await see(page, 'Hello, Ana!');
});

test('a new password ends the session of this browser, in all its tabs', async () => {
  await signUp(app, username, 'Ana');
  const page = await openAccount();
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('dialog').getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  const tab = await page.context().newPage();
  await tab.goto(await linkInMail(app, email, '/verify-email'));
  await tab.getByRole('button', { name: 'Yes, it is my address' }).click();
  await tab.getByText('Your address is confirmed').waitFor();

  await tab.goto('/forgot-password');
  await tab.getByLabel('E-mail address').fill(email);
  await tab.keyboard.press('Enter');
  await tab.goto(await linkInMail(app, email, '/reset-password'));
  await tab.getByLabel('Your new password').fill(NEW);
  await tab.keyboard.press('Enter');

  await see(tab, 'Log in');
  await tab.getByText('Your password is changed').waitFor();
  await see(page, 'Log in');
});

test.each(['#', '?'])(
  'reminders end by the link in the mail (%stoken=), also after the server was unavailable',
  async (before) => {
    const { accessToken } = await signUp(app, username, 'Ana');
    const query = async (text: string) => app.query(text, {}, accessToken);
    const { me } = await query('{ me { id } }');
    const { id } = me as { id: string };
    const areDueDatesMailed = async () => {
      const { myDeliverySettings } = await query(
        '{ myDeliverySettings { topics { topic mail } } }',
      );
      const { topics } = myDeliverySettings as {
        topics: { topic: string; mail: boolean }[];
      };
      return topics.find(({ topic }) => topic === 'DUE_DATES')?.mail;
    };
    const { page } = await openTab(browser, app, {
      viewport: { width: 320, height: 700 },
    });
    await page.goto(
      `/unsubscribe${before}token=${await unsubscribeToken(app, id)}`,
    );
    await see(page, 'Fewer e-mails');
    await eventually(() => pathOf(page), '/unsubscribe');
    await expectToFit(page);
    const button = page.getByRole('button', {
      name: 'Send me no more of them',
    });

    await button.waitFor();
    await app.kill();
    await button.click();
    await page.getByRole('alert').getByText('We cannot reach').waitFor();
    await expectToFit(page);
    await app.restart();
    expect(await areDueDatesMailed()).toBe(true);
    await button.click();
    await page.getByText('You get no more of these e-mails').waitFor();
    expect(await areDueDatesMailed()).toBe(false);
    await expectToFit(page);
    await expectNothingFound(page);
  },
);
