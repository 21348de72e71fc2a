import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import sharp from 'sharp';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { appManifest, ICONS } from './appManifest';
import { offlinePage } from './offlinePage';
import { SERVICE_WORKER } from './protocol';

const WEB = path.resolve(import.meta.dirname, '..');
const OUTPUT = path.resolve(WEB, '../dist/web');
const MANIFEST_FILE = 'manifest.webmanifest';
const [, WORKER_FILE = ''] = SERVICE_WORKER.split('/');

/** Writes the manifest and draws its icons from the logo, and links them in the document. */
const manifest: Plugin = {
  name: 'app-manifest',
  apply: 'build',
  async generateBundle() {
    this.emitFile({
      type: 'asset',
      fileName: MANIFEST_FILE,
      source: JSON.stringify(appManifest),
    });
    const logo = await readFile(path.join(WEB, 'public/favicon.svg'), 'utf8');
    // Phones cut icons into shapes of their own, so these have color in the corners too.
    const full = logo.replace(' rx="9"', '');
    // The system draws badges in one color: only what is opaque counts.
    const outlines = logo
      .replace(/<rect[^>]*>/, '')
      .replaceAll(/#[\da-f]{6}/g, '#fff');
    const drawn = [
      { ...ICONS.small, svg: logo },
      { ...ICONS.large, svg: logo },
      { ...ICONS.maskable, svg: full },
      { ...ICONS.apple, svg: full },
      { ...ICONS.badge, svg: outlines },
    ];
    for (const { file, size, svg } of drawn)
      this.emitFile({
        type: 'asset',
        fileName: file,
        source: await sharp(Buffer.from(svg), { density: (72 * size) / 32 })
          .resize(size)
          .png({ palette: true })
          .toBuffer(),
      });
  },
  transformIndexHtml: () => [
    {
      tag: 'link',
      attrs: { rel: 'manifest', href: `/${MANIFEST_FILE}` },
      injectTo: 'head',
    },
    {
      // The icon that iOS looks for.
      tag: 'link',
      attrs: { rel: 'apple-touch-icon', href: `/${ICONS.apple.file}` },
      injectTo: 'head',
    },
  ],
};

/** Marks the files that every page needs: all but the parts of pages below assets/. */
async function markShell<File extends { url: string }>(files: File[]) {
  const document = await readFile(path.join(OUTPUT, 'index.html'), 'utf8');
  return {
    manifest: files.map((file) => ({
      ...file,
      // As the app looks them up: from the root.
      url: `/${file.url}`,
      isShell: !file.url.startsWith('assets/') || document.includes(file.url),
    })),
  };
}

/** Compresses the service worker, which is written after the other files have been compressed. */
const compressedWorker: Plugin = {
  name: 'compressed-worker',
  apply: 'build',
  closeBundle: {
    sequential: true,
    order: 'post',
    async handler() {
      const file = path.join(OUTPUT, WORKER_FILE);
      const content = await readFile(file);
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
      await writeFile(`${file}.gz`, await promisify(gzip)(content));
    },
  },
};

/** Returns the plugins that make the app installable: its manifest, icons, page without a connection and service worker. */
export const installable = (): Plugin[] => [
  manifest,
  offlinePage,
  ...VitePWA({
    strategies: 'injectManifest',
    srcDir: 'serviceWorker',
    filename: 'sw.ts',
    outDir: OUTPUT,
    // Written by the plugin above, as this one would have it in the precache.
    manifest: false,
    // The app registers it itself, once it has nothing else to do.
    injectRegister: false,
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: [
        '{index,offline}.html',
        '{color-scheme,offline}.js',
        'favicon.svg',
        'assets/*.{js,css}',
      ],
      dontCacheBustURLsMatching: /^assets\//,
      manifestTransforms: [markShell],
    },
  }),
  compressedWorker,
];
