import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { offerItem, requestLoan, startNeighborhood, todayIn } from './lending';
import {
  eventually,
  newUsername,
  openTab,
  PASSWORD,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { expectNothingFound } from './whatIsShown';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});
afterAll(closeAll);

/** Opens a tab that reaches our own host only, and collects requests to others and errors of scripts. */
async function openPage(
  path: string,
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const { context, page } = await openTab(browser, app, {
    viewport: { width: 1280, height: 844 },
  });
  const problems: string[] = [];
  await context.route(
    ({ origin }) => origin !== app.url,
    (route) => {
      problems.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(path);
  return { context, page, problems };
}

/** Opens the explorer with an operation, as the links of the reference do. */
async function openOperation(query: string) {
  const opened = await openPage(`/graphql#${fragmentOf(query)}`);
  await seeEditors(opened.page);
  return opened;
}

/** Waits for the editors, which load after the page. */
async function seeEditors(page: Page): Promise<void> {
  for (const part of ['query-editor', 'response'])
    await page.locator(`.graphiql-${part} .view-line`).first().waitFor();
}

const fragmentOf = (query: string, variables = '') =>
  new URLSearchParams({ query, variables }).toString();

async function logInToExplorer(page: Page, username: string): Promise<void> {
  await page.getByRole('button', { name: 'Log in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Username or e-mail address').fill(username);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Log in' }).click();
}

const execute = (page: Page) =>
  page.getByRole('button', { name: 'Execute query (Ctrl-Enter)' }).click();

/** Waits until the answer of GraphiQL contains a text. */
const seeAnswer = (page: Page, text: string) =>
  eventually(
    async () =>
      (await page.locator('.graphiql-response .view-lines').innerText())
        .replaceAll('\u00a0', ' ')
        .includes(text),
    true,
  );

test('the explorer runs queries and mutations without another host', async () => {
  const username = newUsername();
  await signUp(app, username, 'Olga');
  const { context, page, problems } = await openOperation('{ me { name } }');

  await execute(page);
  await seeAnswer(page, '"code": "UNAUTHENTICATED"');
  await logInToExplorer(page, username);
  await page.getByText('Logged in as Olga').waitFor();
  await execute(page);
  await seeAnswer(page, '"name": "Olga"');

  await page.evaluate(
    (fragment) => {
      location.hash = fragment;
    },
    fragmentOf(
      'mutation Rename($name: String!) { updateProfile(input: { name: $name }) { user { name } } }',
      '{ "name": "Olga the Second" }',
    ),
  );
  // A link loads the page again, and the token is in memory only.
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await seeEditors(page);
  await logInToExplorer(page, username);
  await page.getByText('Logged in as Olga').waitFor();
  await execute(page);
  await seeAnswer(page, '"name": "Olga the Second"');

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await execute(page);
  await seeAnswer(page, '"code": "UNAUTHENTICATED"');

  await context.close();
  // The browser itself reports the refused requests.
  expect(problems.filter((each) => !each.includes('status of 401'))).toEqual(
    [],
  );
});

test('the explorer runs a subscription without another host', async () => {
  const owner = newUsername();
  const borrower = await signUp(app, newUsername(), 'Paul');
  const { accessToken } = await signUp(app, owner, 'Olga');
  const street = await startNeighborhood(app, { accessToken }, [borrower]);
  const itemId = await offerItem(app, accessToken, street, 'Cordless drill');
  const today = await todayIn(app, accessToken, street);
  const { context, page, problems } = await openOperation(
    'subscription { notificationReceived { kind } }',
  );
  await logInToExplorer(page, owner);
  await page.getByText('Logged in as Olga').waitFor();

  const acknowledged = page.waitForEvent('websocket').then((socket) =>
    socket.waitForEvent('framesent', {
      predicate: ({ payload }) => payload.includes('"subscribe"'),
    }),
  );
  await execute(page);
  await acknowledged;
  await requestLoan(app, borrower.accessToken, itemId, today, today);

  await seeAnswer(page, '"kind": "LOAN_REQUESTED"');
  await context.close();
  expect(problems).toEqual([]);
});

test('a login in the explorer leaves the session of the web app alone', async () => {
  const username = newUsername();
  await signUp(app, username, 'Olga');
  const { context, page } = await openPage('/graphql');

  await logInToExplorer(page, username);
  await page.getByText('Logged in as Olga').waitFor();

  expect(await context.cookies()).toEqual([]);
  expect(
    await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    ),
  ).not.toContain('eyJ');
  await context.close();
});

test('a wrong password is refused in the explorer with a sentence', async () => {
  const { context, page } = await openPage('/graphql');

  await logInToExplorer(page, 'nobody');

  await page
    .getByRole('alert')
    .getByText('Wrong username or password')
    .waitFor();
  await context.close();
});

test('the explorer opens with ready operations, and their links with theirs', async () => {
  const { context, page, problems } = await openPage('/graphql');
  await seeEditors(page);
  expect(await page.getByRole('tab').allInnerTexts()).toEqual([
    'WhoAmI',
    'ListTasks',
    'ListLoans',
    'BrowseItems',
    'AskToBorrow',
    'ListenForNotifications',
  ]);
  await page.getByRole('tab', { name: 'BrowseItems' }).click();
  await page.getByRole('button', { name: 'Variables' }).click();
  await page.getByText('<id of a neighborhood>').waitFor();

  await page.getByRole('link', { name: 'Examples' }).click();
  await page
    .locator('summary', { hasText: 'Offer an item to a neighborhood.' })
    .click();
  await page
    .getByRole('link', { name: /^Open in the explorer +Offer/ })
    .click();
  await seeEditors(page);

  await page.getByRole('tab', { name: 'LendItem', selected: true }).waitFor();
  await context.close();
  expect(problems).toEqual([]);
});

test('the page with Apollo Sandbox loads its frame alone from another host, without telemetry', async () => {
  const { context, page, problems } = await openPage('/graphql/sandbox');

  await page.locator('iframe').waitFor();
  const frame = new URL(
    (await page.locator('iframe').getAttribute('src')) ?? '',
  );
  await eventually(() => problems[0], `request to ${frame.href}`);

  expect(frame.origin).toBe('https://sandbox.embed.apollographql.com');
  expect(frame.searchParams.get('runTelemetry')).toBe('false');
  expect(frame.searchParams.get('endpoint')).toBe(`${app.url}/graphql`);
  expect(frame.searchParams.get('defaultDocument')).toMatch(
    /mutation LogIn[^]*query BrowseItems[^]*subscription ListenFor/,
  );
  expect(frame.searchParams.get('defaultHeaders')).toBe(
    '{"Authorization":"Bearer <accessToken>"}',
  );
  expect(problems.filter((each) => each.startsWith('request'))).toHaveLength(1);
  await context.close();
});

test('the reference is searched with the keyboard, and leads to the explorer', async () => {
  const { context, page, problems } = await openPage('/docs');

  await page.keyboard.press('/');
  await page.keyboard.type('updatepro');
  await page.getByRole('status').getByText('found').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#Mutation\.updateProfile$/);
  const mutation = page.locator('[id="Mutation.updateProfile"]');
  await mutation.getByText('60 calls in 60 minutes').waitFor();
  await mutation.getByText('Example', { exact: true }).click();
  await mutation.getByRole('link', { name: 'Open in the explorer' }).click();

  await page
    .locator('.graphiql-query-editor')
    .getByText('UpdateProfile')
    .first()
    .waitFor();
  await context.close();
  expect(problems).toEqual([]);
});

test('the reference has the schema without JavaScript, on a narrow screen', async () => {
  const context = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  const page = await context.newPage();

  await page.goto('/docs#LoanStatus.ON_LOAN');

  await page.locator('[id="LoanStatus.ON_LOAN"]').waitFor();
  expect(await page.getByRole('searchbox').count()).toBe(0);
  // Wider content would move the page sideways.
  expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBe(
    320,
  );
  await context.close();
});

test('axe finds nothing in the reference', async () => {
  const { context, page } = await openPage('/docs');
  // All entries of a part are alike, and axe would take minutes for a thousand of them.
  await page.evaluate(() => {
    for (const entry of document.querySelectorAll('article:nth-of-type(n + 6)'))
      entry.remove();
  });
  await expectNothingFound(page);
  await context.close();
});

test('axe finds nothing in the explorer', async () => {
  const { context, page } = await openOperation('# Me\n{ me { name } }');
  // Tabs of GraphiQL contain their buttons to close.
  const known = ['nested-interactive'];
  await expectNothingFound(page, known);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('dialog').waitFor();
  await expectNothingFound(page, known);
  await context.close();
});
