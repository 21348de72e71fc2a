import type { Browser } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import {
  loaded,
  logIn,
  openTab,
  see,
  shareRecipes,
  signUp,
  startBrowser,
} from './neighbor';
import { lendSomething, startNeighborhood } from './lending';
import { startLoans } from './loansUnderWay';
import { closeAll } from './open';
import { aPicture } from './pictures';
import { expectNothingFound } from './whatIsShown';
import type { BusyNeighborhood } from './stewarding';
import { keepBusy } from './stewarding';

let app: RunningApp;
let browser: Browser;
let neighborhoodId: string;
let busy: BusyNeighborhood;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  neighborhoodId = await startNeighborhood(app, ana, []);
  await shareRecipes(app, ana.accessToken, neighborhoodId, 1);
  busy = await keepBusy(app, ana, neighborhoodId, 'Bela', 'Hello.\nWorld.');
});

afterAll(closeAll);

const publicPages = (): [path: string, heading: string][] => [
  ['/', 'Good things, shared next door'],
  ['/signup', 'Sign up'],
  ['/login', 'Log in'],
  ['/forgot-password', 'Forgot your password?'],
  ['/reset-password', 'Choose a new password'],
  ['/verify-email#token=x', 'Confirm your address'],
  ['/answer#token=x', 'Answer a neighbor'],
  ['/nowhere', 'Nothing here'],
  [`/invite/${busy.inviteCode}`, 'Join Elm Street'],
  ['/invite/nowhere', 'This invite no longer works'],
  [`/invite/${busy.inviteCode}/print`, 'Invite to print'],
];
const protectedPages = (): [path: string, heading: string][] => [
  ['/', 'Hello, Ana!'],
  ['/neighborhoods', 'Neighborhoods'],
  ['/neighborhoods/new', 'Start a neighborhood'],
  [`/n/${neighborhoodId}`, 'Elm Street'],
  [`/n/${neighborhoodId}/edit`, 'Edit the neighborhood'],
  ['/n/nowhere', 'This neighborhood is not here'],
  [`/people/${busy.memberId}`, 'Bela'],
  [`/n/${neighborhoodId}/recipes`, 'Recipes'],
  [`/n/${neighborhoodId}/recipes?search=nothing`, 'Recipes'],
  [`/n/${neighborhoodId}/recipes/new`, 'Share a recipe'],
  ['/recipes/nowhere', 'This recipe is not here'],
  ['/profile', 'Your profile'],
  ['/profile/edit', 'Edit your profile'],
  ['/profile/blocked', 'Blocked people'],
  ['/account', 'Account'],
  ['/account/reach', 'How we reach you'],
];

test('axe finds nothing on any page, light or dark, narrow or wide', async () => {
  const { context, page } = await openTab(browser, app);
  const open = async (path: string, heading: string) => {
    await page.goto(path);
    await see(page, heading);
    await loaded(page);
    await expectNothingFound(page);
  };

  for (const [path, heading] of publicPages()) await open(path, heading);

  await page.goto('/login');
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Please fill this in').first().waitFor();
  await expectNothingFound(page);
  await logIn(page, 'ana');
  await see(page, 'Hello, Ana!');

  for (const [path, heading] of protectedPages()) await open(path, heading);

  await page.goto(`/n/${neighborhoodId}`);
  await page.getByRole('button', { name: 'Neighborhood: Elm Street' }).click();
  await page.getByRole('menuitem').first().waitFor();
  await expectNothingFound(page);
  await page.getByRole('menuitem', { name: 'Find or start another' }).click();
  await see(page, 'Neighborhoods');

  await page.goto(`/people/${busy.memberId}`);
  await page.getByRole('button', { name: 'Report' }).click();
  await page.getByRole('button', { name: 'Report it' }).click();
  await page.getByText('Please fill this in').waitFor();
  await expectNothingFound(page);
  await page.keyboard.press('Escape');

  await page.goto(`/n/${neighborhoodId}/recipes`);
  await page.getByRole('link', { name: 'Recipe 1' }).click();
  await see(page, 'Recipe 1');
  await expectNothingFound(page);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').waitFor();
  await expectNothingFound(page);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'Edit' }).click();
  await see(page, 'Edit recipe');
  await expectNothingFound(page);
  await context.close();
});

test('axe finds nothing on the pages that lead into a neighborhood', async () => {
  await signUp(app, 'newcomer', 'Kim');
  const { context, page } = await openTab(browser, app);
  await page.goto('/login');
  await logIn(page, 'newcomer');
  await see(page, 'Hello, Kim!');
  await page.getByRole('link', { name: 'Start a neighborhood' }).waitFor();
  await expectNothingFound(page);
  await page.goto(`/n/${neighborhoodId}`);
  await see(page, 'Elm Street');
  await page.getByRole('button', { name: 'Ask to join' }).waitFor();
  await expectNothingFound(page);
  await context.close();
});

test('axe finds nothing on the pages of things', async () => {
  const { id, itemId } = await lendSomething(app);
  const { context, page } = await openTab(browser, app);
  const open = async (path: string, heading: string) => {
    await page.goto(path);
    await see(page, heading);
    await expectNothingFound(page);
  };
  await page.goto('/login');
  await logIn(page, 'hanna');
  await see(page, 'Hello, Hanna!');

  await open(`/n/${id}/items?category=TOOLS&search=nothing`, 'Things');
  await open(`/n/${id}/items`, 'Things');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('button', { name: 'Any days' }).click();
  await page.getByLabel('Next month').waitFor();
  await expectNothingFound(page);

  await open(`/items/${itemId}`, 'Cordless drill');
  await page.getByRole('button', { name: 'Retire Cordless drill' }).click();
  await page.getByRole('dialog').waitFor();
  await expectNothingFound(page);
  await open(`/items/${itemId}/edit`, 'Edit this thing');
  await open('/items/nowhere', 'This thing is not here');
  await open('/my-things', 'My things');
  await open('/my-things?status=RETIRED', 'My things');

  await open(`/n/${id}/items/new`, 'Offer a thing');
  await page
    .locator('input[type="file"]')
    .setInputFiles([await aPicture('one.jpg'), await aPicture('two.jpg')]);
  await page.getByRole('img', { name: 'Photo 2' }).waitFor();
  await page.getByRole('button', { name: 'Offer it' }).click();
  await page.getByText('Please fill this in').waitFor();
  await expectNothingFound(page);
  await context.close();

  const borrower = await openTab(browser, app);
  await borrower.page.goto(`/items/${itemId}`);
  await logIn(borrower.page, 'igor');
  await see(borrower.page, 'Cordless drill');
  await borrower.page.getByRole('button', { name: 'Ask to borrow' }).click();
  await borrower.page.getByText('Choose the first day').waitFor();
  await expectNothingFound(borrower.page);
  await borrower.context.close();
});

test.each([
  ['lends', 'jana', '/loans?role=lend'],
  ['borrows', 'kim', '/loans?show=over'],
])(
  'axe finds nothing on the pages of loans for a user who %s',
  async (_, username, list) => {
    const { onLoan, requested } = await startLoans(app, {
      name: 'Jana',
      title: 'Stepladder',
      text: 'Thank you!',
    });
    const { context, page } = await openTab(browser, app);
    await page.goto('/login');
    await logIn(page, username);
    await see(page, 'Hello, Jana!');
    await page.getByRole('heading', { name: 'To do' }).waitFor();
    await expectNothingFound(page);

    for (const [path, heading] of [
      [list, 'Loans'],
      ['/notifications', 'Notifications'],
      [`/loans/${requested}`, 'Stepladder'],
      [`/loans/${onLoan}`, 'Stepladder'],
    ] as const) {
      await page.goto(path);
      await see(page, heading);
      await expectNothingFound(page);
    }
    await page.getByRole('button', { name: 'Something went wrong' }).click();
    await page.getByRole('dialog').waitFor();
    await expectNothingFound(page);
    await context.close();
  },
);
