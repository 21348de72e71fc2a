import type { Browser } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import {
  eventually,
  loaded,
  logIn,
  openTab,
  see,
  shareRecipe,
  signUp,
  startBrowser,
} from './neighbor';
import { lendSomething, startNeighborhood } from './lending';
import { startLoans } from './loansUnderWay';
import { closeAll } from './open';
import type { BusyNeighborhood } from './stewarding';
import { keepBusy } from './stewarding';
import { expectToFit } from './whatIsShown';

const NAME = 'W'.repeat(80);
const TITLE = 'M'.repeat(120);
const WORD = 'W'.repeat(400);

let app: RunningApp;
let browser: Browser;
let neighborhoodId: string;
let busy: BusyNeighborhood;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const steward = await signUp(app, 'w'.repeat(30), NAME, WORD);
  neighborhoodId = await startNeighborhood(app, steward, [], NAME);
  await shareRecipe(app, steward.accessToken, neighborhoodId, TITLE, WORD);
  busy = await keepBusy(app, steward, neighborhoodId, NAME, WORD);
});

afterAll(closeAll);

test.each([320, 390])(
  'no page is wider than a screen of %i pixels, whatever people write',
  async (width) => {
    const { context, page } = await openTab(browser, app, {
      viewport: { width, height: 700 },
    });

    for (const [path, heading] of [
      ['/', 'Good things, shared next door'],
      ['/signup', 'Sign up'],
      ['/login', 'Log in'],
      ['/forgot-password', 'Forgot your password?'],
      ['/reset-password', 'Choose a new password'],
      ['/reset-password#token=x', 'Choose a new password'],
      ['/verify-email#token=x', 'Confirm your address'],
      ['/unsubscribe#token=x', 'Fewer e-mails'],
      ['/answer#token=x', 'Answer a neighbor'],
      ['/nowhere', 'Nothing here'],
      [`/invite/${busy.inviteCode}`, `Join ${NAME}`],
      [`/invite/${busy.inviteCode}/print`, 'Invite to print'],
    ] as const) {
      await page.goto(path);
      await see(page, heading);
      await expectToFit(page);
    }

    await page.goto('/login');
    await logIn(page, 'w'.repeat(30));
    await see(page, `Hello, ${NAME}!`);
    await page.getByRole('button', { name: `Your account, ${NAME}` }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).waitFor();
    await expectToFit(page);
    for (const [path, heading] of [
      ['/', `Hello, ${NAME}!`],
      ['/neighborhoods', 'Neighborhoods'],
      ['/neighborhoods/new', 'Start a neighborhood'],
      [`/n/${neighborhoodId}`, NAME],
      [`/n/${neighborhoodId}/edit`, 'Edit the neighborhood'],
      [`/n/${neighborhoodId}/recipes/new`, 'Share a recipe'],
      [`/people/${busy.memberId}`, NAME],
      [`/invite/${busy.inviteCode}`, `Join ${NAME}`],
      ['/profile', 'Your profile'],
      ['/profile/edit', 'Edit your profile'],
      ['/profile/blocked', 'Blocked people'],
      ['/account', 'Account'],
      ['/account/reach', 'How we reach you'],
      [`/n/${neighborhoodId}/recipes`, 'Recipes'],
    ] as const) {
      await page.goto(path);
      await see(page, heading);
      await loaded(page);
      await expectToFit(page);
    }

    await page.getByRole('link', { name: TITLE }).click();
    await see(page, TITLE);
    await expectToFit(page);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').waitFor();
    await expectToFit(page);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await see(page, 'Edit recipe');
    await expectToFit(page);
    await context.close();
  },
);

test('the theme color of the browser follows the color scheme of the device or the user', async () => {
  const { context, page } = await openTab(browser, app, {
    colorScheme: 'dark',
  });
  const frame = page.locator('meta[name="theme-color"]');
  await page.goto('/');
  await see(page, 'Good things, shared next door');
  await eventually(() => frame.getAttribute('content'), '#1f1a18');
  await page.getByRole('button', { name: 'Switch to light colors' }).click();
  await eventually(() => frame.getAttribute('content'), '#fbf5ec');
  await page.reload();
  await eventually(() => frame.getAttribute('content'), '#fbf5ec');

  await page.getByRole('button', { name: 'Switch to dark colors' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  // Once the user's choice equals the device's, the page follows the device again.
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
  await eventually(() => frame.getAttribute('content'), '#fbf5ec');
  await context.close();
});

test.each([320, 390])(
  'no page of things is wider than a screen of %i pixels',
  async (width) => {
    const { id, itemId } = await lendSomething(app, TITLE, WORD);
    const { context, page } = await openTab(browser, app, {
      viewport: { width, height: 700 },
    });
    await page.goto('/login');
    await logIn(page, 'hanna');
    await see(page, 'Hello, Hanna!');
    for (const [path, heading] of [
      [`/n/${id}/items?category=LEISURE&search=${WORD}`, 'Things'],
      [`/n/${id}/items`, 'Things'],
      [`/n/${id}/items/new`, 'Offer a thing'],
      [`/items/${itemId}`, TITLE],
      [`/items/${itemId}/edit`, 'Edit this thing'],
      ['/my-things', 'My things'],
    ] as const) {
      await page.goto(path);
      await see(page, heading);
      await expectToFit(page);
    }
    await context.close();

    const borrower = await openTab(browser, app, {
      viewport: { width, height: 700 },
    });
    await borrower.page.goto(`/items/${itemId}`);
    await logIn(borrower.page, 'igor');
    await see(borrower.page, TITLE);
    await borrower.page.getByLabel('Next month').waitFor();
    await expectToFit(borrower.page);
    await borrower.context.close();
  },
);

test.each([320, 390])(
  'no page of loans is wider than a screen of %i pixels',
  async (width) => {
    const { onLoan, requested } = await startLoans(app, {
      name: NAME,
      title: TITLE,
      text: WORD,
    });
    const { context, page } = await openTab(browser, app, {
      viewport: { width, height: 700 },
    });
    await page.goto('/login');
    await logIn(page, 'kim');
    await see(page, `Hello, ${NAME}!`);
    for (const [path, heading] of [
      ['/', `Hello, ${NAME}!`],
      ['/loans', 'Loans'],
      ['/notifications', 'Notifications'],
      [`/loans/${requested}`, TITLE],
      [`/loans/${onLoan}`, TITLE],
    ] as const) {
      await page.goto(path);
      await see(page, heading);
      await expectToFit(page);
    }
    await page.getByRole('button', { name: 'Keep it longer' }).click();
    await page.getByText('Until when?').waitFor();
    await expectToFit(page);
    await context.close();
  },
);
