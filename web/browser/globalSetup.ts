import { existsSync } from 'node:fs';
import { findChromium } from './chromium';

/** Checks that the app is built, and finds a browser. */
export default async function setup(): Promise<void> {
  const parts = ['dist/api/main.js', 'dist/web/index.html'];
  if (!parts.every((part) => existsSync(part)))
    throw new Error(
      'The browser tests open the built app. Build it first: npm run build',
    );
  process.env.NEIGHBORSHARE_CHROMIUM = JSON.stringify(await findChromium());
}
