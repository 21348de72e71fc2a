import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Plugin } from 'vite';
import type { Operation } from './exampleOperation';
import type { TopLevelError } from './Reference';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCHEMA = path.join(ROOT, 'schema.graphql');
const OPERATIONS = path.join(ROOT, 'docs', 'operations');
const API_DOCS = path.join(ROOT, 'docs', 'api.md');

/** Vite plugin that renders the reference into its HTML document, at build time and in development. */
export const referencePage = (): Plugin => ({
  name: 'reference-page',
  transformIndexHtml: {
    order: 'post',
    handler: async (html) => {
      const reference = await render();
      return html.replace('<!--reference-->', () => reference);
    },
  },
  configureServer({ watcher, ws }) {
    const sources = [SCHEMA, OPERATIONS, API_DOCS];
    watcher.add(sources);
    watcher.on('change', (file) => {
      if (sources.some((source) => file.startsWith(source)))
        ws.send({ type: 'full-reload' });
    });
  },
});

async function render(): Promise<string> {
  // Not above: knip reads the configuration of Vite with a loader that has no JSX.
  const { Reference } = await import('./Reference');
  return renderToStaticMarkup(
    createElement(Reference, {
      schema: buildSchema(readFileSync(SCHEMA, 'utf8')),
      operations: readOperations(),
      errors: readErrors(),
    }),
  );
}

/** Reads the ready operations; the first line of each is its title. */
function readOperations(): Operation[] {
  if (!existsSync(OPERATIONS)) return [];
  return readdirSync(OPERATIONS)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => {
      const query = readFileSync(path.join(OPERATIONS, file), 'utf8');
      const variables = path.join(
        OPERATIONS,
        file.replace(/\.graphql$/, '.json'),
      );
      return {
        title: /^# *(.+)/.exec(query)?.[1] ?? file,
        query,
        variables: existsSync(variables) ? readFileSync(variables, 'utf8') : '',
      };
    });
}

/**
 * Reads the table of top-level errors in docs/api.md, as the schema does not have them.
 * @throws Error where it is not there
 */
function readErrors(): TopLevelError[] {
  const [, section = ''] = readFileSync(API_DOCS, 'utf8').split(
    '### Top-level errors',
  );
  const errors = [
    ...section.matchAll(/^\| `(\w+)` *\| (.+?) *\| (.+?) *\|$/gm),
  ].map(([, code = '', status = '', meaning = '']) => ({
    code,
    status,
    meaning,
  }));
  if (errors.length === 0)
    throw new Error('docs/api.md has no table of top-level errors');
  return errors;
}
