import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Plugin } from 'vite';
import { Reference } from './Reference';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCHEMA = path.join(ROOT, 'schema.graphql');

/** Renders the reference into its HTML document, at build time and in development. */
export const referencePage = (): Plugin => ({
  name: 'reference-page',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace('<!--reference-->', () => renderReference()),
  },
  configureServer({ watcher, ws }) {
    watcher.add(SCHEMA);
    watcher.on('change', (file) => {
      if (file === SCHEMA) ws.send({ type: 'full-reload' });
    });
  },
});

const renderReference = () =>
  renderToStaticMarkup(
    createElement(Reference, {
      schema: buildSchema(readFileSync(SCHEMA, 'utf8')),
      operations: [],
    }),
  );
