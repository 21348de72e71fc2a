import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv, type Plugin, type Rolldown } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { pagePatterns } from './paths';
import { CATALOGS } from './pwa/protocol';
import { installable } from './pwa/webAppBuild';
import { referencePage } from './reference/referencePage';

// As the API reads it: from the environment, else from .env.
const { PORT } = loadEnv('', path.resolve(import.meta.dirname, '..'), 'PORT');
const api = `http://127.0.0.1:${PORT || '4000'}`;

/** Lists the addresses of all pages in pages.json, so that the server answers others with 404. */
const pageList: Plugin = {
  name: 'page-list',
  generateBundle() {
    this.emitFile({
      type: 'asset',
      fileName: 'pages.json',
      source: JSON.stringify(pagePatterns),
    });
  },
};

/** Serves the pages for developers at the addresses that they have in the API. */
const developerPages: Plugin = {
  name: 'developer-pages',
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      const [path = ''] = (request.url ?? '').split('?');
      const page = DEVELOPER_PAGES[path];
      const isBrowser = request.headers.accept?.includes('text/html');
      if (request.method === 'GET' && isBrowser && page !== undefined)
        request.url = page;
      next();
    });
  },
};

const DEVELOPER_PAGES: Record<string, string> = {
  '/docs': '/reference/index.html',
  '/graphql': '/explorer/index.html',
  '/graphql/sandbox': '/explorer/sandbox.html',
};

/** Shortens the name of a shared chunk, which lists its pages. */
const shortName = (name: string): string =>
  name.startsWith('shared~') ? 'shared' : '[name]';

/** Places the catalogs of languages in a folder, which the service worker tells from the code of pages. */
const chunkPath = ({
  name,
  facadeModuleId,
}: Rolldown.PreRenderedChunk): string =>
  facadeModuleId?.includes('/generated/languages/')
    ? `assets/${CATALOGS}/[name]-[hash].js`
    : `assets/${shortName(name)}-[hash].js`;

/** Configuration of Vite. In development it serves the page and forwards API requests to the API. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    pageList,
    developerPages,
    referencePage(),
    // The server sends the .br or .gz file beside it to clients that accept it.
    compression({
      algorithms: ['brotliCompress', 'gzip'],
      skipIfLargerOrEqual: true,
      logLevel: 'silent',
    }),
    installable(),
  ],
  resolve: {
    alias: {
      // Messages are compiled by `npm run codegen`, so the browser needs no parser.
      '@formatjs/icu-messageformat-parser':
        '@formatjs/icu-messageformat-parser/no-parser.js',
    },
  },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        // Merged chunks may import each other: their modules still run in the order of their imports.
        strictExecutionOrder: true,
        chunkFileNames: chunkPath,
        assetFileNames: ({ names: [name = ''] }) =>
          `assets/${shortName(name)}-[hash][extname]`,
        codeSplitting: {
          groups: [
            // Needed by every page and rarely changed by a new version, so browsers keep it cached.
            {
              name: 'react',
              priority: 2,
              test: /node_modules\/(react|react-dom|react-router|scheduler)\//,
            },
            {
              name: 'apollo',
              priority: 2,
              test: /node_modules\/(@apollo|@wry|graphql|graphql-tag|optimism|rxjs|tslib)\//,
            },
            // Needed by every page: the entry with its imports.
            { name: 'start', priority: 1, test: /web\/main\.tsx$/ },
            // Without this, modules that pages share would fill a hundred files of less than a kilobyte.
            {
              name: 'shared',
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 50_000,
            },
          ],
        },
      },
    },
  },
  // Found only when the worker starts, which would load the page again.
  optimizeDeps: { include: ['monaco-graphql/esm/graphql.worker.js'] },
  server: {
    port: 5173,
    proxy: {
      '/graphql': { target: api, ws: true },
      // Not a plain prefix: the modules of web/photos/ have addresses that begin alike.
      '^/photos($|/[0-9a-f-]{36}/)': { target: api },
      '/export': { target: api },
      '/calendar/': { target: api },
      '/schema.graphql': { target: api },
      '/dev/mails': { target: api },
    },
  },
});
