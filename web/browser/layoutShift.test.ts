import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { lendSomething, startNeighborhood } from './lending';
import { startLoans } from './loansUnderWay';
import {
  loaded,
  logIn,
  openTab,
  see,
  shareRecipes,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { keepBusy } from './stewarding';

const TEXT = 'It is about the ladder.';

/** Largest shift that a page may have. 0.1 counts as good. */
const MAX_SHIFT = 0.05;

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

/**
 * Slows the API down: every second answer takes longer, so that what a page asks for arrives one after
 * the other. `parity` decides which.
 */
async function slowDown(page: Page): Promise<{ parity: number }> {
  const order = { parity: 0 };
  let count = 0;
  await page.route('**/graphql', async (route) => {
    count += 1;
    await pause((count + order.parity) % 2 === 0 ? 100 : 600);
    await route.continue();
  });
  return order;
}

/** Opens a page and returns how far its content has moved, as browsers count it (CLS). */
async function shiftOf(page: Page, path: string): Promise<number> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await loaded(page);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const shifts: number[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            shifts.push((entry as PerformanceEntry & { value: number }).value);
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(
          () => resolve(shifts.reduce((sum, value) => sum + value, 0)),
          200,
        );
      }),
  );
}

async function expectCalm(
  username: string,
  paths: readonly string[],
): Promise<void> {
  for (const width of [390, 1280]) {
    const { context, page } = await openTab(browser, app, {
      viewport: { width, height: 844 },
    });
    await page.goto('/login');
    await logIn(page, username);
    await page.getByRole('heading', { level: 1, name: 'Hello, ' }).waitFor();
    const order = await slowDown(page);
    const jumping: string[] = [];
    for (const path of paths)
      for (const parity of [0, 1]) {
        order.parity = parity;
        const shift = await shiftOf(page, path);
        if (shift >= MAX_SHIFT)
          jumping.push(`${path} at ${width}: ${shift.toFixed(2)}`);
      }
    expect(jumping).toEqual([]);
    await context.close();
  }
}

test('no page of a steward jumps while a slow API answers', async () => {
  const steward = await signUp(app, 'mona', 'Mona', TEXT);
  const street = await startNeighborhood(app, steward, []);
  await shareRecipes(app, steward.accessToken, street, 4);
  const { inviteCode, memberId } = await keepBusy(
    app,
    steward,
    street,
    'Noor',
    TEXT,
  );
  await expectCalm('mona', [
    '/',
    '/neighborhoods',
    `/n/${street}`,
    `/n/${street}/items`,
    `/n/${street}/recipes`,
    `/people/${memberId}`,
    `/invite/${inviteCode}`,
    '/profile',
    '/profile/edit',
    '/account',
    '/account/reach',
    '/notifications',
  ]);
});

test('no page of a borrower or lender jumps while a slow API answers', async () => {
  const { itemId, id } = await lendSomething(app, 'Cordless drill', TEXT);
  const { onLoan, requested } = await startLoans(app, {
    name: 'Jana',
    title: 'Ladder',
    text: TEXT,
  });
  await expectCalm('igor', [`/items/${itemId}`, `/n/${id}/items`, `/n/${id}`]);
  await expectCalm('jana', [
    '/',
    '/loans?role=lend',
    `/loans/${onLoan}`,
    `/loans/${requested}`,
    '/my-things',
  ]);
  await expectCalm('kim', ['/', '/loans', `/loans/${onLoan}`]);
});

test('no page jumps when the server is away for a moment', async () => {
  const { onLoan } = await startLoans(app, {
    name: 'Jana',
    title: 'Ladder',
    text: TEXT,
  });
  const { context, page } = await openTab(browser, app);
  await page.goto('/login');
  await logIn(page, 'jana');
  await see(page, 'Hello, Jana!');
  let server: 'there' | 'away' | 'back' = 'there';
  await page.route('**/graphql', async (route) => {
    const asksForLoan = route.request().postData()?.includes('"Loan"') === true;
    if (asksForLoan && server === 'there') server = 'away';
    await (server === 'away' ? route.abort() : route.continue());
  });

  const shift = shiftOf(page, `/loans/${onLoan}`);
  await page
    .getByText('We cannot reach NeighborShare. Trying again…')
    .waitFor();
  server = 'back';

  expect(await shift).toBeLessThan(MAX_SHIFT);
  await see(page, 'Ladder');
  await context.close();
});
