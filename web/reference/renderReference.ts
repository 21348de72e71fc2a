import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { readyOperation } from './exampleOperation';
import type { TopLevelError } from './parts';
import { Reference } from './Reference';

/**
 * Renders the reference as HTML.
 * @param root path of the project
 * @throws Error where the page about the API has no table of top-level errors
 */
export function renderReference(root: string): string {
  const read = (...file: string[]) =>
    readFileSync(path.join(root, ...file), 'utf8');
  const schema = buildSchema(read('schema.graphql'));
  const operations = readdirSync(path.join(root, 'docs', 'operations'))
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readyOperation(schema, read('docs', 'operations', file)));
  const errors = readErrors(read('docs', 'api.md'));
  return renderToStaticMarkup(
    createElement(Reference, { schema, operations, errors }),
  );
}

/** Reads the table of top-level errors in docs/api.md, as the schema does not have them. */
function readErrors(page: string): TopLevelError[] {
  const [, section = ''] = page.split('### Top-level errors');
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
