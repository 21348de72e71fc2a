import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { referencePage } from './reference/referencePage';

const page = (name: string) => path.join(import.meta.dirname, name);

/**
 * Build of the pages for developers of clients. It is separate from that of the app, so that no page of
 * the app loads any of their large packages.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/developers/',
  publicDir: false,
  plugins: [
    react(),
    referencePage(),
    // The highest level of Brotli would take longer than the whole build.
    compression({
      algorithms: ['gzip'],
      skipIfLargerOrEqual: true,
      logLevel: 'silent',
    }),
  ],
  build: {
    outDir: '../dist/developers',
    emptyOutDir: true,
    // Monaco is one module to its users.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      input: [
        page('reference/index.html'),
        page('explorer/index.html'),
        page('explorer/sandbox.html'),
      ],
      onwarn(warning, warn) {
        // Packages that were compiled by React's compiler say so in each module.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
