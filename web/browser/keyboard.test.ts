import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startNeighborhood } from './lending';
import {
  PASSWORD,
  eventually,
  openTab,
  see,
  shareRecipes,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';

let app: RunningApp;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  const neighborhoodId = await startNeighborhood(app, ana, []);
  await shareRecipes(app, ana.accessToken, neighborhoodId, 14);
  ({ page } = await openTab(browser, app, {
    viewport: { width: 1280, height: 800 },
  }));
});

afterAll(closeAll);

/** Reads the accessible name of the focused element. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

/** Expects the focus on an element, once the page has changed. */
const expectFocusOn = (name: string) => eventually(focused, name);

/** Presses Tab until the element with this name has the focus, and expects a visible outline. */
async function tabTo(name: string): Promise<void> {
  const met: string[] = [];
  while ((await focused()) !== name) {
    await page.keyboard.press('Tab');
    met.push(await focused());
    expect(met.length).toBeLessThan(60);
  }
  const outline = await page.evaluate(
    () =>
      document.activeElement != null &&
      [undefined, '::after'].some(
        (part) =>
          document.activeElement != null &&
          getComputedStyle(document.activeElement, part).outlineStyle !==
            'none',
      ),
  );
  expect([name, outline]).toEqual([name, true]);
}

test('the app works with the keyboard alone, and the focus is never lost', async () => {
  await page.goto('/login');
  await see(page, 'Log in');
  await tabTo('Skip to the page');
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ana');
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid="true"]:focus').waitFor();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await see(page, 'Hello, Ana!');
  await tabTo('Recipes');
  await page.keyboard.press('Enter');
  await see(page, 'Recipes');
  await page.getByText('Recipe 14').waitFor();
  await expectFocusOn('Recipes');

  await tabTo('Load more');
  await page.keyboard.press('Enter');
  await page.getByText('You have reached the end.').waitFor();
  await expectFocusOn('Recipe 2');
  await tabTo('Recipe 1');
  await page.keyboard.press('Enter');

  await see(page, 'Recipe 1');
  await expectFocusOn('Recipe 1');
  await tabTo('Delete');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await expectFocusOn('Keep it');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expectFocusOn('Delete');

  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo('Delete it');
  await page.keyboard.press('Enter');
  await see(page, 'Recipes');
  await expectFocusOn('Recipes');

  await tabTo('Your account, Ana');
  await page.keyboard.press('Enter');
  await expectFocusOn('Your profile');
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'hidden' });
  await expectFocusOn('Your account, Ana');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Your profile' }).waitFor();
  await expectFocusOn('Your profile');
  for (const item of [
    'Your things',
    'Account',
    'How we reach you',
    'Switch to dark colors',
  ]) {
    await page.keyboard.press('ArrowDown');
    await expectFocusOn(item);
  }
  await page.keyboard.press('ArrowDown');
  await expectFocusOn('Log out');
  await page.keyboard.press('Enter');
  await see(page, 'Log in');
});
