import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { RunningApp } from './app';
import type { Chromium } from './chromium';
import { closeLater } from './open';

/** Password of every account in these tests. */
export const PASSWORD = 'seven sunny tomatoes';

/** Longest wait for anything on a page, in milliseconds: enough for a busy machine with a cold cache. */
const WAIT_TIMEOUT_MS = 60_000;

/** Starts the browser that `globalSetup` found. `closeAll` ends it. */
export function startBrowser(): Promise<Browser> {
  const { executablePath, env } = JSON.parse(
    process.env.NEIGHBORSHARE_CHROMIUM ?? '{}',
  ) as Chromium;
  const launching = chromium.launch({
    executablePath,
    env: { ...definedOnly(process.env), ...env },
    args: [
      // The sandbox does not work as root or in a container. The browser opens only our own pages.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      // Names that a browser does not take for this machine, unlike localhost.
      '--host-resolver-rules=MAP *.test 127.0.0.1',
    ],
  });
  // Registered before it has started, as something started concurrently may fail first.
  closeLater(async () => (await launching).close());
  return launching;
}

/** Opens a fresh browser context (cookies, storage) with one tab. */
export async function openTab(
  browser: Browser,
  app: Pick<RunningApp, 'url'>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL: app.url,
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
    // Requests of a service worker do not pass the routes of a test.
    serviceWorkers: 'block',
    ...options,
  });
  context.setDefaultTimeout(WAIT_TIMEOUT_MS);
  failOnCspViolation(context);
  return { context, page: await context.newPage() };
}

/** Fails the test where a page violates its Content Security Policy. */
function failOnCspViolation(context: BrowserContext): void {
  const violations: string[] = [];
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted(HTML|Script)/.test(message.text()))
      violations.push(`${message.page()?.url()}: ${message.text()}`);
  });
  closeLater(() => {
    expect(violations).toEqual([]);
    return Promise.resolve();
  });
}

let people = 0;

/** Makes a username that no other test of the file has, as its tests share the app. */
export const newUsername = (): string => `ana${++people}`;

/** Creates an account without a browser. */
export async function signUp(
  app: RunningApp,
  username: string,
  name: string,
  about = '',
): Promise<{ accessToken: string }> {
  const { signUp: payload } = await app.query(
    `mutation SignUp($input: SignUpInput!) {
      signUp(input: $input) { accessToken errors { message } }
    }`,
    { input: { username, name, about, password: PASSWORD } },
  );
  return payload as { accessToken: string };
}

/** Creates a recipe without a browser. */
export async function shareRecipe(
  app: RunningApp,
  accessToken: string,
  neighborhoodId: string,
  title: string,
  instructions = 'Stir.\nWait.\nEat.',
): Promise<void> {
  await app.query(
    `mutation CreateRecipe($input: CreateRecipeInput!) {
      createRecipe(input: $input) { recipe { id } errors { message } }
    }`,
    {
      input: {
        neighborhoodId,
        title,
        instructions,
        minutesToComplete: 80,
        equipment: ['Pot', 'Spoon'],
      },
    },
    accessToken,
  );
}

/** Creates recipes without a browser, `Recipe 1` first. */
export async function shareRecipes(
  app: RunningApp,
  accessToken: string,
  neighborhoodId: string,
  count: number,
): Promise<void> {
  for (let number = 1; number <= count; number += 1)
    await shareRecipe(app, accessToken, neighborhoodId, `Recipe ${number}`);
}

/** Fills in and sends the log-in form of the current page. */
export async function logIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
}

/** Waits for the page with this main heading. */
export async function see(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** Waits until the page has no placeholder of loading content. */
export const loaded = (page: Page): Promise<void> =>
  seeCount(page.locator('[aria-busy="true"]'), 0);

/** Waits until exactly `count` elements match, as a loading list has none. */
export const seeCount = (found: Locator, count: number): Promise<void> =>
  eventually(() => found.count(), count);

/**
 * Waits until a value is as expected: the effect of a click takes longer on a busy machine.
 * @param timeoutMs longest wait
 */
export async function eventually<Value>(
  read: () => Value | Promise<Value>,
  expected: Value,
  timeoutMs = WAIT_TIMEOUT_MS,
): Promise<void> {
  const since = performance.now();
  let value = await read();
  while (value !== expected && performance.now() - since < timeoutMs) {
    await pause(50);
    value = await read();
  }
  expect(value).toBe(expected);
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] != null,
    ),
  );
}
