import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startNeighborhood } from './lending';
import {
  PASSWORD,
  eventually,
  logIn,
  openTab,
  see,
  seeCount,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';

let app: RunningApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let neighborhoodId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  neighborhoodId = await startNeighborhood(app, ana, []);
});

afterAll(closeAll);

beforeEach(async () => {
  ({ context, page } = await openTab(browser, app));
});

afterEach(() => context.close());

test('a visitor reads about the app, signs up, and is greeted by name', async () => {
  await page.goto('/');
  await see(page, 'Good things, shared next door');
  await page.getByRole('link', { name: 'Sign up' }).click();

  await see(page, 'Sign up');
  await page.getByLabel('Your name').fill('Bela');
  await page.getByLabel('Username').fill('bela');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign up' }).click();

  await see(page, 'Hello, Bela!');
  await page.getByText('Welcome, Bela!').waitFor();
  await eventually(() => page.title(), 'Hello, Bela! · NeighborShare');
});

test('signing up works with the keyboard alone', async () => {
  await page.goto('/signup');
  await see(page, 'Sign up');
  await page.keyboard.press('Tab');
  await page.getByRole('link', { name: 'Skip to the page' }).press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kim');
  await page.keyboard.press('Tab');
  await page.keyboard.type('kim');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await see(page, 'Hello, Kim!');
});

test('a taken username is reported at its field, and the input is kept', async () => {
  await page.goto('/signup');
  await page.getByLabel('Your name').fill('Another Ana');
  await page.getByLabel('Username').fill('ANA');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign up' }).click();

  const username = page.getByLabel('Username');
  await username.and(page.locator('[aria-invalid="true"]:focus')).waitFor();
  expect(await username.inputValue()).toBe('ANA');
  expect(await page.getByLabel('Your name').inputValue()).toBe('Another Ana');
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(
    PASSWORD,
  );
});

test('a wrong password is reported in one sentence', async () => {
  await page.goto('/login');
  await page.getByLabel('Username').fill('ana');
  await page.getByLabel('Password', { exact: true }).fill('not my password');
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();

  await page.getByText('Wrong username or password.').waitFor();
  expect(await page.getByLabel('Username').inputValue()).toBe('ana');
});

test('a visitor with a link to a protected page reaches it by logging in', async () => {
  await page.goto('/profile/edit');
  await see(page, 'Log in');
  await page.waitForURL(`${app.url}/login?next=%2Fprofile%2Fedit`);
  await logIn(page, 'ana');
  await see(page, 'Edit your profile');
});

test('a login link with a foreign redirect leads to the home page', async () => {
  await page.goto('/login?next=//evil.example/');
  await logIn(page, 'ana');
  await see(page, 'Hello, Ana!');
  expect(page.url()).toBe(`${app.url}/`);
});

test('a reload and a new tab stay logged in, and the token is in no storage', async () => {
  await page.goto('/login');
  await logIn(page, 'ana');
  await see(page, 'Hello, Ana!');

  await page.reload();
  await see(page, 'Hello, Ana!');
  const second = await context.newPage();
  await second.goto('/neighborhoods');
  await see(second, 'Neighborhoods');

  const kept = await page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
    ]),
  );
  expect(kept).not.toMatch(/eyJ|token/i);
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('a login in one tab logs in the other', async () => {
  await page.goto('/');
  await see(page, 'Good things, shared next door');
  const second = await context.newPage();
  await second.goto('/login');
  await logIn(second, 'ana');
  await see(second, 'Hello, Ana!');
  await see(page, 'Hello, Ana!');
});

test('a logout in one tab logs out all, and clears their data', async () => {
  await page.goto('/login?next=/profile');
  await logIn(page, 'ana');
  await see(page, 'Your profile');
  await page.goto(`/n/${neighborhoodId}/recipes/new`);
  await page.getByLabel('What is it called?').fill('Secret soup');
  const second = await context.newPage();
  await second.goto('/');
  await see(second, 'Hello, Ana!');

  await second.getByRole('button', { name: 'Your account, Ana' }).click();
  await second.getByRole('menuitem', { name: 'Log out' }).click();

  await see(second, 'Log in');
  await second.getByText('You are logged out. See you soon!').waitFor();
  await see(page, 'Log in');
  await page.getByText('You logged out in another tab.').waitFor();
  expect(
    await page.evaluate(() => JSON.stringify({ ...sessionStorage })),
  ).not.toContain('Secret soup');

  await signUp(app, 'carla', 'Carla');
  await logIn(page, 'carla');
  await page.waitForURL((url) => url.pathname !== '/login');
  await page.goto('/profile');
  await page.getByText('@carla').waitFor();
  await seeCount(page.getByText('@ana'), 0);
});

test('a session ended elsewhere leads to the login page and back, and keeps the draft', async () => {
  // Without a socket, the page notices the end of the session only by its own request.
  await page.routeWebSocket(/graphql/, () => undefined);
  await page.goto(`/login?next=/n/${neighborhoodId}/recipes/new`);
  const answered = page.waitForResponse(
    async (response) =>
      response.url().endsWith('/graphql') &&
      (await response.text()).includes('"login"'),
  );
  await logIn(page, 'ana');
  const { data } = (await (await answered).json()) as {
    data: { login: { accessToken: string } };
  };
  await see(page, 'Share a recipe');
  await page.getByLabel('What is it called?').fill('Half-written soup');
  await page.getByLabel('How many minutes').fill('30');
  await page.getByLabel('How do you make it?').fill('First,');

  // Ends the session while the page's request is running, so that the page cannot notice earlier.
  let isEnded = false;
  await page.route('**/graphql', async (route) => {
    const isOwnRequest = route.request().postData()?.includes('createRecipe');
    if (isOwnRequest && !isEnded) {
      isEnded = true;
      await app.query(
        'mutation { logout { loggedOut } }',
        {},
        data.login.accessToken,
      );
    }
    await route.continue();
  });
  await page.getByRole('button', { name: 'Share it' }).click();

  await see(page, 'Log in');
  await page.getByText('Your session was ended from somewhere else.').waitFor();
  expect(isEnded).toBe(true);
  await logIn(page, 'ana');
  await see(page, 'Share a recipe');
  await page.getByText('We kept what you were writing.').waitFor();
  expect(await page.getByLabel('What is it called?').inputValue()).toBe(
    'Half-written soup',
  );
  expect(await page.getByLabel('How do you make it?').inputValue()).toBe(
    'First,',
  );
});

test('an injected script does not run', async () => {
  const outlaw = await browser.newContext({ baseURL: app.url });
  const smuggled = await outlaw.newPage();
  await smuggled.goto('/');
  await see(smuggled, 'Good things, shared next door');

  const outcome = await smuggled.evaluate(() => {
    const script = document.createElement('script');
    const tried: string[] = [];
    const attempt = (what: string, act: () => void) => {
      try {
        act();
        tried.push(`${what} went through`);
      } catch {
        tried.push(`${what} was refused`);
      }
    };
    attempt('markup', () => {
      document.body.innerHTML = '<img src="/nothing" onerror="smuggled = 1">';
    });
    attempt('the text of a script', () => {
      script.text = 'globalThis.smuggled = 1';
    });
    attempt('the address of a script', () => {
      script.src = 'data:text/javascript,globalThis.smuggled = 1';
    });
    script.append('globalThis.smuggled = 1');
    document.head.append(script);
    return [...tried, 'smuggled' in globalThis];
  });

  expect(outcome).toEqual([
    'markup was refused',
    'the text of a script was refused',
    'the address of a script was refused',
    false,
  ]);
  await outlaw.close();
});

test('a page works although the code of its header and of toasts does not arrive', async () => {
  await signUp(app, 'lena', 'Lena');
  await page.goto('/login');
  await logIn(page, 'lena');
  await see(page, 'Hello, Lena!');
  const failed = new Set<string>();
  await page.route(/(HeaderTools|Toasts)-[^/]*\.js$/, (route) => {
    failed.add(route.request().url());
    return route.abort();
  });

  await page.reload();
  await eventually(() => failed.size, 2);
  await see(page, 'Hello, Lena!');
  await page.getByRole('link', { name: 'Start a neighborhood' }).click();
  await see(page, 'Start a neighborhood');
});
