import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { lendSomething } from './lending';
import {
  logIn,
  openTab,
  PASSWORD,
  see,
  seeCount,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { expectNothingFound, expectToFit } from './whatIsShown';

const NEW = 'a ladder against the plum tree';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

/** Opens a page on a separate device of a logged-in user. */
async function logInAt(
  path: string,
  heading: string,
  username = 'ana',
): Promise<Page> {
  const { page } = await openTab(browser, app);
  await page.goto(`/login?next=${path}`);
  await logIn(page, username);
  await see(page, heading);
  return page;
}

const ENDED = 'Your session was ended from somewhere else.';

test('a device is logged out from another one, by hand and by a new password', async () => {
  await signUp(app, 'ana', 'Ana');
  const phone = await logInAt('/profile', 'Your profile');
  const desk = await logInAt('/account', 'Account');
  const rows = desk.getByRole('listitem');
  await desk.getByText('This device').waitFor();
  // The sign-up without a browser created a session too.
  await seeCount(rows, 3);
  await expectNothingFound(desk);

  await desk.getByRole('button', { name: 'Log out node' }).click();
  await desk.getByRole('button', { name: 'Log it out' }).click();
  await desk.getByText('node is logged out.').waitFor();
  await seeCount(rows, 2);
  await desk.getByRole('button', { name: 'Log out everywhere else' }).click();
  await desk.getByRole('button', { name: 'Log them out' }).click();
  await desk.getByText('All your other devices are logged out.').waitFor();
  // Its socket is closed, so it need not do anything to notice.
  await see(phone, 'Log in');
  await phone.getByText(ENDED).waitFor();

  await logIn(phone, 'ana');
  await see(phone, 'Your profile');
  await desk.getByLabel('Your current password').fill('a guess');
  await desk.getByLabel('Your new password').fill(NEW);
  await desk.getByRole('button', { name: 'Change password' }).click();
  await desk.getByText('This password is wrong').waitFor();
  await expectNothingFound(desk);
  await desk
    .locator(':focus')
    .and(desk.getByLabel('Your current password'))
    .fill(PASSWORD);
  await desk.keyboard.press('Enter');
  await desk
    .getByText(
      'Your password is changed, and your other devices are logged out.',
    )
    .waitFor();
  await see(phone, 'Log in');
  await phone.getByText(ENDED).waitFor();

  await logIn(phone, 'ana');
  await phone.getByText('Wrong username or password.').waitFor();
  await phone.getByLabel('Password', { exact: true }).fill(NEW);
  await phone.keyboard.press('Enter');
  await see(phone, 'Your profile');
  await desk.reload();
  await see(desk, 'Account');
  await seeCount(rows, 2);
});

test('a user exports their data and deletes the account', async () => {
  // Hanna lends an item in a neighborhood where she is steward and Igor a member.
  await lendSomething(app);
  const page = await logInAt('/account', 'Account', 'hanna');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download your data' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(
    /^neighborshare-\d{4}-\d\d-\d\d\.json$/,
  );
  const data: unknown = JSON.parse(
    await readFile(await download.path(), 'utf8'),
  );
  expect(data).toMatchObject({
    profile: { username: 'hanna' },
    items: [{ title: 'Cordless drill' }],
  });

  await page.setViewportSize({ width: 320, height: 700 });
  await page.getByRole('button', { name: 'Delete your account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete it for good' }).click();
  await dialog.getByText('You are the last steward').waitFor();
  await expectToFit(page);
  await expectNothingFound(page);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'hidden' });

  const igor = await logInAt('/account', 'Account', 'igor');
  await igor.getByRole('button', { name: 'Delete your account' }).click();
  await igor.getByRole('dialog').getByLabel('Your password').fill(PASSWORD);
  await igor.keyboard.press('Enter');
  await see(igor, 'Good things, shared next door');
  await igor.getByText('Your account is deleted.').waitFor();
  await expectNothingFound(igor);
  await igor.getByRole('link', { name: 'Log in' }).click();
  await logIn(igor, 'igor');
  await igor.getByText('Wrong username or password.').waitFor();

  // Without other members she can delete her account.
  await page.getByRole('button', { name: 'Delete your account' }).click();
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete it for good' }).click();
  await page.getByText('Your account is deleted.').waitFor();
});
