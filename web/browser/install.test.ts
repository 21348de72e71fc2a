import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import type { RunningApp } from './app';
import { startApp } from './app';
import type { Chromium } from './chromium';
import { openTab, see, startBrowser } from './neighbor';
import { closeAll, closeLater } from './open';
import { controlled } from './worker';

/** Longest wait for anything on a page: enough for a busy machine. */
const WAIT_TIMEOUT_MS = 60_000;

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

/** Opens the app in a window of its own, as an installed app has it. */
async function openWindow(): Promise<{ context: BrowserContext; page: Page }> {
  const { executablePath, env } = JSON.parse(
    process.env.NEIGHBORSHARE_CHROMIUM ?? '{}',
  ) as Chromium;
  // A browser that keeps nothing installs nothing.
  const profile = await mkdtemp(join(tmpdir(), 'neighborshare-profile-'));
  closeLater(() => rm(profile, { recursive: true, force: true }));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      `--app=${app.url}/`,
    ],
  });
  closeLater(() => context.close());
  context.setDefaultTimeout(WAIT_TIMEOUT_MS);
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await see(page, 'Good things, shared next door');
  return { context, page };
}

test('a browser finds the app installable', async () => {
  const { context, page } = await openWindow();
  await controlled(page);
  const session = await context.newCDPSession(page);

  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '{}')).toMatchObject({ name: 'NeighborShare' });
  const { installabilityErrors } = await session.send(
    'Page.getInstallabilityErrors',
  );
  expect(installabilityErrors).toEqual([]);
});

test('a window of the app has a way back on pages below its start', async () => {
  const { page } = await openWindow();
  const back = page.getByRole('button', { name: 'Back' });
  expect(await back.count()).toBe(0);
  await page.getByRole('link', { name: 'Sign up' }).click();
  await see(page, 'Sign up');
  await back.click();
  await see(page, 'Good things, shared next door');
});

test('the manifest and its pictures are served with their types and sizes', async () => {
  const response = await fetch(`${app.url}/manifest.webmanifest`);
  expect(response.headers.get('content-type')).toContain(
    'application/manifest+json',
  );
  expect(response.headers.get('cache-control')).toBe('no-cache');
  const { icons, screenshots } = (await response.json()) as Record<
    'icons' | 'screenshots',
    { src: string; sizes: string; type: string }[]
  >;
  for (const { src, sizes, type } of [...icons, ...screenshots]) {
    const picture = await fetch(`${app.url}${src}`);
    expect([src, picture.headers.get('content-type')]).toEqual([src, type]);
    const { width, height } = await sharp(
      Buffer.from(await picture.arrayBuffer()),
    ).metadata();
    expect([src, `${width}x${height}`]).toEqual([src, sizes]);
  }
});

test('the page links the icon of iOS, which has no transparent corners', async () => {
  const { page } = await openTab(browser, app);
  await page.goto('/');
  await see(page, 'Good things, shared next door');
  const href = await page
    .locator('link[rel="apple-touch-icon"]')
    .getAttribute('href');
  const icon = await fetch(`${app.url}${href}`);
  const picture = sharp(Buffer.from(await icon.arrayBuffer()));
  expect((await picture.stats()).isOpaque).toBe(true);
  expect(await picture.metadata()).toMatchObject({ width: 180, height: 180 });
});
