import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import packed from '@sparticuz/chromium';

/** A browser to test with. */
export type Chromium = {
  executablePath: string;
  /** Variables to add to its environment. */
  env: Record<string, string>;
};

const INSTALLED = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Value of `CHROME_PATH` that picks the browser of the npm package although another is installed. */
const PACKAGED = 'packaged';

/**
 * Finds a browser: `CHROME_PATH`, else an installed one, else the one of an npm package (Linux on x64
 * only). On Linux every browser gets the fonts of that package, so that text is equally wide on every
 * machine.
 * @throws if there is none
 */
export async function findChromium(): Promise<Chromium> {
  const executablePath = installedChromium();
  if (platform() !== 'linux') {
    if (executablePath == null) throw noChromium();
    return { executablePath, env: {} };
  }
  const home = resolve('node_modules/.cache/neighborshare-chromium');
  if (!existsSync(home)) await unpack(home);
  const env = { FONTCONFIG_FILE: join(home, 'fonts.conf') };
  if (executablePath != null) return { executablePath, env };
  if (arch() !== 'x64') throw noChromium();
  return packagedChromium(home, env);
}

/** @returns null where the browser of the npm package is to be taken */
function installedChromium(): string | null {
  const chosen = process.env.CHROME_PATH;
  if (chosen === PACKAGED) return null;
  if (chosen == null || chosen === '')
    return INSTALLED.find((path) => existsSync(path)) ?? null;
  if (!existsSync(chosen))
    throw new Error(`CHROME_PATH is ${chosen}, and there is nothing there`);
  return chosen;
}

const noChromium = () =>
  new Error(
    'The browser tests need Chrome or Chromium: install one, or set CHROME_PATH to one',
  );

async function packagedChromium(
  home: string,
  fonts: Record<string, string>,
): Promise<Chromium> {
  const executablePath = join(home, 'chromium');
  if (await starts(executablePath, fonts))
    return { executablePath, env: fonts };

  // The package brings the libraries that a bare system lacks.
  const env = { ...fonts, LD_LIBRARY_PATH: join(home, 'al2023', 'lib') };
  return { executablePath, env };
}

/** Unpacks to a temporary folder first, so that an interrupted run leaves nothing incomplete. */
async function unpack(home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const fresh = await mkdtemp(`${home}-`);
  // The package unpacks to the directory for temporary files, wherever that is, and
  // the libraries too if it finds itself in the service that it was made for.
  await withEnvironment(
    { TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    () => packed.executablePath(),
  );
  await writeFile(join(fresh, 'fonts.conf'), fontsIn(home));
  await rename(fresh, home).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  });
}

/** Creates a font configuration, as the one of the package only works at the root of the file system. */
const fontsIn = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;

async function withEnvironment(
  variables: Record<string, string>,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = Object.keys(variables).map(
    (name) => [name, process.env[name]] as const,
  );
  Object.assign(process.env, variables);
  try {
    await work();
  } finally {
    for (const [name, value] of before)
      if (value == null) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  }
}

async function starts(
  executablePath: string,
  env: Record<string, string>,
): Promise<boolean> {
  try {
    await promisify(execFile)(executablePath, ['--version'], {
      env: { ...process.env, ...env },
    });
    return true;
  } catch {
    return false;
  }
}
