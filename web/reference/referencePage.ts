import path from 'node:path';
import { runnerImport, type Plugin } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The sources of the reference. */
const SOURCES = ['schema.graphql', 'docs/operations', 'docs/api.md'].map(
  (file) => path.join(ROOT, file),
);

/** Module that renders the reference. */
type Renderer = { renderReference: (root: string) => string };

/** Vite plugin that renders the reference into its HTML document, at build time and in development. */
export const referencePage = (): Plugin => ({
  name: 'reference-page',
  transformIndexHtml: {
    order: 'post',
    handler: async (html, { filename }) => {
      if (!filename.includes('reference')) return html;
      // Imported for each page, so that a reload in development shows the present components.
      const { module } = await runnerImport<Renderer>(
        path.join(import.meta.dirname, 'renderReference.ts'),
      );
      const reference = module.renderReference(ROOT);
      return html.replace('<!--reference-->', () => reference);
    },
  },
  configureServer({ watcher, ws }) {
    watcher.add(SOURCES);
    watcher.on('change', (file) => {
      if (SOURCES.some((source) => file.startsWith(source)))
        ws.send({ type: 'full-reload' });
    });
  },
});
