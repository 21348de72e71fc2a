import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startNeighborhood } from './lending';
import { startLoans } from './loansUnderWay';
import {
  loaded,
  logIn,
  openTab,
  shareRecipe,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { keepBusy } from './stewarding';

const NAME = 'نور الدين (Nour)!';
const TITLE = 'مثقاب كهربائي (Bosch) 18V!';
const TEXT = 'هل يمكنني المجيء غدا؟ https://example.org/map.\nSee you (18V).';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

/** Visits pages, and expects what people have written to be set from right to left on each. */
async function expectDirection(
  page: Page,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await loaded(page);
    expect([path, await misplaced(page)]).toEqual([path, []]);
  }
}

/** Returns the Arabic texts of a page whose own box is not set from right to left. */
function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const arabic = /[\u0600-\u06FF]/;
    const isRightToLeft = (element: Element | null) =>
      element != null && getComputedStyle(element).direction === 'rtl';
    const found: string[] = [];

    const texts = document.createTreeWalker(
      document.body,
      NodeFilter.SHOW_TEXT,
    );
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode;
      if (!arabic.test(textContent ?? '')) continue;
      if (parentElement?.closest('[aria-hidden="true"]')) continue;
      if (!isRightToLeft(parentElement?.closest('bdi, [dir="auto"]') ?? null))
        found.push(parentElement?.parentElement?.outerHTML ?? '');
    }
    for (const field of document.querySelectorAll('input, textarea'))
      if (
        (field instanceof HTMLInputElement ||
          field instanceof HTMLTextAreaElement) &&
        arabic.test(field.value) &&
        !isRightToLeft(field)
      )
        found.push(field.outerHTML);
    return found;
  });
}

test('names and texts from right to left have their own direction on the pages of a neighborhood', async () => {
  const steward = await signUp(app, 'nour', NAME, TEXT);
  const street = await startNeighborhood(app, steward, [], NAME);
  await shareRecipe(app, steward.accessToken, street, TITLE, TEXT);
  const { inviteCode, memberId } = await keepBusy(
    app,
    steward,
    street,
    NAME,
    TEXT,
  );
  const { context, page } = await openTab(browser, app);
  await page.goto('/login');
  await logIn(page, 'nour');
  await page.getByRole('heading', { level: 1, name: NAME }).waitFor();

  await expectDirection(page, [
    '/',
    '/neighborhoods',
    `/n/${street}`,
    `/n/${street}/edit`,
    `/n/${street}/items`,
    `/n/${street}/recipes`,
    `/people/${memberId}`,
    `/invite/${inviteCode}`,
    '/profile',
    '/profile/edit',
    '/profile/blocked',
    '/account',
    '/account/reach',
    '/notifications',
  ]);

  await page.goto(`/people/${memberId}`);
  await page.getByRole('button', { name: 'Block' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await misplaced(page)).toEqual([]);

  await page.goto(`/n/${street}/recipes`);
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  expect(await misplaced(page)).toEqual([]);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByRole('heading', { name: 'Edit recipe' }).waitFor();
  await loaded(page);
  expect(await misplaced(page)).toEqual([]);
  await context.close();
});

test('names and texts from right to left have their own direction on the pages of loans', async () => {
  const { onLoan, requested } = await startLoans(app, {
    name: NAME,
    title: TITLE,
    text: TEXT,
  });
  for (const username of ['jana', 'kim']) {
    const { context, page } = await openTab(browser, app);
    await page.goto('/login');
    await logIn(page, username);
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    await expectDirection(page, [
      '/',
      '/loans',
      `/loans/${onLoan}`,
      `/loans/${requested}`,
      '/notifications',
      '/my-things',
    ]);
    await page.goto(`/loans/${onLoan}`);
    await page.getByRole('link', { name: 'See the thing' }).click();
    // The page of the loan has the same heading.
    await page.getByRole('region', { name: 'About it' }).waitFor();
    await loaded(page);
    expect(await misplaced(page)).toEqual([]);
    await context.close();
  }
});

test('a link in a message opens in a new tab, and the sentence around it stays text', async () => {
  const { onLoan } = await startLoans(app, {
    name: NAME,
    title: TITLE,
    text: TEXT,
  });
  const { context, page } = await openTab(browser, app);
  await page.goto(`/loans/${onLoan}`);
  await logIn(page, 'jana');
  const link = page
    .getByRole('log')
    .getByRole('link', { name: 'https://example.org/map', exact: true })
    .first();
  await link.waitFor();
  expect(await link.getAttribute('target')).toBe('_blank');
  expect(await link.getAttribute('rel')).toContain('nofollow');
  await context.close();
});
