import path from 'node:path';
import { runnerImport, type Plugin } from 'vite';
import type * as Rendering from './renderReference';

const ROOT = path.resolve(import.meta.dirname, '../..');

const SOURCES: Rendering.Sources = {
  schema: path.join(ROOT, 'schema.graphql'),
  operations: path.join(ROOT, 'docs', 'operations'),
  apiDocs: path.join(ROOT, 'docs', 'api.md'),
};

/** Vite plugin that renders the reference into its HTML document, at build time and in development. */
export const referencePage = (): Plugin => ({
  name: 'reference-page',
  transformIndexHtml: {
    order: 'post',
    handler: async (html, { filename }) => {
      if (!filename.includes('reference')) return html;
      // Imported for each page, so that a reload in development shows the present components.
      const { module } = await runnerImport<typeof Rendering>(
        path.join(import.meta.dirname, 'renderReference.ts'),
      );
      const reference = module.renderReference(SOURCES);
      return html.replace('<!--reference-->', () => reference);
    },
  },
  configureServer({ watcher, ws }) {
    const sources = Object.values(SOURCES);
    watcher.add(sources);
    watcher.on('change', (file) => {
      if (sources.some((source) => file.startsWith(source)))
        ws.send({ type: 'full-reload' });
    });
  },
});
