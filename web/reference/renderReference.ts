import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Operation } from './exampleOperation';
import type { TopLevelError } from './Reference';
import { Reference } from './Reference';

/**
 * Renders the reference as HTML.
 * @param root path of the project
 * @throws Error where the page about the API has no table of top-level errors
 */
export const renderReference = (root: string): string =>
  renderToStaticMarkup(
    createElement(Reference, {
      schema: buildSchema(
        readFileSync(path.join(root, 'schema.graphql'), 'utf8'),
      ),
      operations: readOperations(path.join(root, 'docs', 'operations')),
      errors: readErrors(path.join(root, 'docs', 'api.md')),
    }),
  );

/** Reads the ready operations; the first line of each is its title. */
function readOperations(folder: string): Operation[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => {
      const query = readFileSync(path.join(folder, file), 'utf8');
      const variables = path.join(folder, file.replace(/\.graphql$/, '.json'));
      return {
        title: /^# *(.+)/.exec(query)?.[1] ?? file,
        query,
        variables: existsSync(variables) ? readFileSync(variables, 'utf8') : '',
      };
    });
}

/** Reads the table of top-level errors in docs/api.md, as the schema does not have them. */
function readErrors(page: string): TopLevelError[] {
  const [, section = ''] = readFileSync(page, 'utf8').split(
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
