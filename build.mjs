// Steps around npm's scripts that depend on what is installed and built. Runs with Node alone, as npm
// calls it before and after the development packages are there.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const ROOT = import.meta.dirname;
/** Written after each build; older than a source that has changed since. */
const STAMP = path.join(ROOT, 'dist', 'built');
/** The files that a build depends on. */
const SOURCES = [
  'api',
  'web',
  'schema.graphql',
  'docs/api.md',
  'docs/operations',
  'codegen.ts',
  'codegen.documents.ts',
  'codegen.mails.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/**
 * Tells whether a package is installed.
 * @param {string} name
 */
const isInstalled = (name) =>
  existsSync(path.join(ROOT, 'node_modules', name, 'package.json'));

/**
 * Returns when a file, or the newest file of a folder, was changed; 0 where there is none.
 * @param {string} name
 * @returns {number}
 */
function changedAt(name) {
  const file = path.join(ROOT, name);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return readdirSync(file, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((each) => !each.includes(`${path.sep}generated${path.sep}`))
    .reduce((newest, each) => Math.max(newest, statSync(each).mtimeMs), 0);
}

/**
 * Runs a script of package.json, and ends this process where it fails.
 * @param {string} script
 */
function run(script) {
  const { status } = spawnSync(`npm run ${script}`, {
    cwd: ROOT,
    shell: true,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Before `npm start`: builds where a source has changed since the last build. */
function beforeStart() {
  const isBuilt = existsSync(path.join(ROOT, 'dist', 'api', 'main.js'));
  if (!isInstalled('vite') || !isInstalled('typescript')) {
    // Only what is needed to run is installed, so the build is what it is.
    if (isBuilt) return;
    process.stderr.write(
      'NeighborShare is not built. Build it with all packages: npm ci && npm run build\n',
    );
    process.exit(1);
  }
  const builtAt = isBuilt ? changedAt(path.join('dist', 'built')) : 0;
  if (SOURCES.some((source) => changedAt(source) > builtAt)) run('build');
}

/** After an installation: generates code, unless only what is needed to run was installed. */
function afterInstall() {
  if (isInstalled('@graphql-codegen/cli')) run('codegen');
}

/** Fonts of the pictures beside links (api/photos/previewCard.ts), by their packages. */
const FONTS = {
  'noto-sans': '700Bold/NotoSans_700Bold.ttf',
  'noto-sans-arabic': '700Bold/NotoSansArabic_700Bold.ttf',
  'noto-sans-hebrew': '700Bold/NotoSansHebrew_700Bold.ttf',
  'noto-emoji': '700Bold/NotoEmoji_700Bold.ttf',
};

/** Settings of fontconfig: the fonts beside this file, and no others. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">.</dir></fontconfig>
`;

/** Copies the fonts, which are packages of the build, to where the server finds them. */
function copyFonts() {
  const folder = path.join(ROOT, 'dist', 'fonts');
  mkdirSync(folder, { recursive: true });
  for (const [name, file] of Object.entries(FONTS)) {
    const from = path.join(ROOT, 'node_modules', '@expo-google-fonts', name);
    copyFileSync(path.join(from, file), path.join(folder, path.basename(file)));
    // The Open Font License asks for its text beside the font.
    copyFileSync(
      path.join(from, 'LICENSE_FONT'),
      path.join(folder, `${name}.LICENSE`),
    );
  }
  writeFileSync(path.join(folder, 'fonts.conf'), FONTS_CONF);
}

const STEPS = {
  install: afterInstall,
  start: beforeStart,
  fonts: copyFonts,
  built: () => {
    writeFileSync(STAMP, '');
  },
};
STEPS[/** @type {keyof typeof STEPS} */ (process.argv[2])]();
