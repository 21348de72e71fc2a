import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { lendSomething, startNeighborhood } from './lending';
import { startLoans } from './loansUnderWay';
import {
  eventually,
  loaded,
  PASSWORD,
  openTab,
  shareRecipes,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { keepBusy } from './stewarding';
import { tooWide, violations } from './whatIsShown';

/** Languages that the pages are looked at in: long words, right to left, and the pseudo-language. */
const LANGUAGES = ['de', 'ar', 'en-XA'] as const;

type Language = (typeof LANGUAGES)[number];

let app: RunningApp;
let browser: Browser;
/** Pages that a person sees, by their username; null is a visitor. */
let pages: [username: string | null, paths: string[]][];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', '7');
  const street = await startNeighborhood(app, ana, [], '9');
  await shareRecipes(app, ana.accessToken, street, 1);
  const { inviteCode, memberId } = await keepBusy(app, ana, street, '8', '3');
  const lent = await lendSomething(app, '4', '5');
  const { onLoan, requested } = await startLoans(app, {
    name: '6',
    title: '4',
    text: '5',
  });
  pages = [
    [
      null,
      [
        '/',
        '/signup',
        '/login',
        '/forgot-password',
        '/reset-password',
        '/reset-password#token=x',
        '/verify-email#token=x',
        '/unsubscribe#token=x',
        '/answer#token=x',
        '/nowhere',
        `/invite/${inviteCode}`,
        '/invite/nowhere',
        `/invite/${inviteCode}/print`,
      ],
    ],
    [
      'ana',
      [
        '/',
        '/neighborhoods',
        '/neighborhoods/new',
        `/n/${street}`,
        `/n/${street}/edit`,
        '/n/nowhere',
        `/n/${street}/items`,
        `/n/${street}/items/new`,
        `/n/${street}/recipes`,
        `/n/${street}/recipes/new`,
        '/recipes/nowhere',
        `/people/${memberId}`,
        '/profile',
        '/profile/edit',
        '/profile/blocked',
        '/account',
        '/account/reach',
        '/notifications',
      ],
    ],
    [
      'hanna',
      [`/items/${lent.itemId}`, `/items/${lent.itemId}/edit`, '/my-things'],
    ],
    ['igor', [`/items/${lent.itemId}`]],
    ['jana', ['/', '/loans?role=lend', `/loans/${requested}`]],
    ['kim', ['/loans', `/loans/${onLoan}`, '/notifications']],
  ];
});

afterAll(closeAll);

/** Opens a tab in a language, as a user without a language of their own. */
async function openIn(language: Language, username: string | null) {
  const { context, page } = await openTab(browser, app, { locale: 'en' });
  await context.addInitScript((tag) => {
    localStorage.setItem('neighborshare-language', tag);
  }, language);
  if (username !== null) {
    await page.goto('/login');
    await page.locator('input[autocomplete="username"]').fill(username);
    await page.locator('input[autocomplete="current-password"]').fill(PASSWORD);
    await page.locator('main button[type="submit"]').click();
    await page.locator('header nav').first().waitFor({ state: 'attached' });
  }
  return { context, page };
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await loaded(page);
}

/**
 * Returns the texts of a page in the pseudo-language that do not come from a catalog: those with two plain
 * letters beside each other. What people write has digits alone in these tests.
 */
const plainTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const known =
      /^(NeighborShare|Neighbor|Share|Recipe 1|Pot|Spoon|Stir\.|Wait\.|Eat\.)$/;
    const found: string[] = [];
    const add = (text: string | null, element: Element | null) => {
      const isLeftAlone =
        element?.closest(
          '[lang], [dir="auto"], bdi, code, script, noscript, style',
        ) !== document.documentElement &&
        element?.closest(
          '[lang], [dir="auto"], bdi, code, script, noscript, style',
        ) !== null;
      // Dates, units and times come from `Intl`; the language is English there.
      const rest = (text ?? '')
        .replaceAll(/NeighborShare|\d[\d\s:,.–-]*(AM|PM|kB|MB)?/g, '')
        .trim();
      if (
        /[A-Za-z]{3}/.test(rest) &&
        !/[[\]]/.test(rest) &&
        !isLeftAlone &&
        !known.test(rest)
      )
        found.push(rest);
    };
    const texts = document.createTreeWalker(
      document.body,
      NodeFilter.SHOW_TEXT,
    );
    while (texts.nextNode())
      add(texts.currentNode.textContent, texts.currentNode.parentElement);
    for (const element of document.querySelectorAll('body *'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        add(element.getAttribute(name), element);
    return found;
  });

describe.each(LANGUAGES)('in %s', (language) => {
  test('every page fits a phone and a desk, and axe finds nothing', async () => {
    const problems: unknown[] = [];
    for (const [username, paths] of pages) {
      const { context, page } = await openIn(language, username);
      for (const path of paths) {
        await page.setViewportSize({ width: 320, height: 844 });
        await open(page, path);
        for (const width of [320, 390, 1280]) {
          await page.setViewportSize({ width, height: 844 });
          const wider = await tooWide(page);
          if (wider.length > 0) problems.push({ path, width, wider });
        }
        problems.push(...(await violations(page)));
        if (language !== 'en-XA') continue;
        const plain = await plainTexts(page);
        if (plain.length > 0) problems.push({ path, plain });
      }
      await context.close();
    }
    expect(problems).toEqual([]);
  });
});

test('Arabic pages run from right to left, with the names in them in place', async () => {
  const { context, page } = await openIn('ar', null);
  await open(page, '/login');
  const document = page.locator('html');
  expect(await document.getAttribute('lang')).toBe('ar');
  expect(await document.getAttribute('dir')).toBe('rtl');
  const label = page.locator('label').first();
  const { x = 0, width = 0 } = (await label.boundingBox()) ?? {};
  const field = await page.locator('main input').first().boundingBox();
  // The label begins where the field does: on the right.
  expect(
    Math.abs(x + width - ((field?.x ?? 0) + (field?.width ?? 0))),
  ).toBeLessThan(40);
  await context.close();
});

test('the browser chooses the language, then the visitor, and then the account', async () => {
  const { context, page } = await openTab(browser, app, { locale: 'de-AT' });
  await open(page, '/login');
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.locator('footer select').selectOption('fr');
  await eventually(() => page.locator('html').getAttribute('lang'), 'fr');
  await page.reload();
  await eventually(() => page.locator('html').getAttribute('lang'), 'fr');

  const { accessToken } = await signUp(app, 'tarik', '2');
  await app.query(
    'mutation { setLanguage(input: { language: TR }) { errors { message } } }',
    {},
    accessToken,
  );
  await page.locator('input[autocomplete="username"]').fill('tarik');
  await page.locator('input[autocomplete="current-password"]').fill(PASSWORD);
  await page.locator('main button[type="submit"]').click();
  await eventually(() => page.locator('html').getAttribute('lang'), 'tr');

  await open(page, '/account');
  await page.locator('main select').selectOption('es');
  await eventually(() => page.locator('html').getAttribute('lang'), 'es');
  await open(page, '/account');
  const { me } = await app.query('{ me { language } }', {}, accessToken);
  expect(me).toEqual({ language: 'ES' });
  await context.close();
});

test('only the texts of the language in use are loaded', async () => {
  const { context, page } = await openTab(browser, app, { locale: 'tr' });
  const loadedFiles: string[] = [];
  page.on('request', (request) => {
    const [, name] =
      /\/assets\/languages\/([\w.-]+)-[\w-]+\.js$/.exec(request.url()) ?? [];
    if (name !== undefined) loadedFiles.push(name);
  });
  await open(page, '/');
  await open(page, '/login');
  await page.waitForLoadState('networkidle');
  expect([...new Set(loadedFiles)].sort()).toEqual(['rest.tr', 'start.tr']);
  await context.close();
});
