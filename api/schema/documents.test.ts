import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, Kind, validate } from 'graphql';
import { PROJECT_ROOT } from '../config';
import { readDefinitions } from './documents';

const ofClients = readDefinitions().filter(({ project }) => project === 'docs');

describe('documents of foreign clients', () => {
  it.each([
    ['docs/operations/listTasks.graphql', 'ListTasks'],
    ['docs/client/operations.graphql', 'Tasks'],
    ['docs/api.md', 'Items'],
    ['docs/clients.md', 'TasksByRequest'],
  ])('are read from %s', (file, name) => {
    const names = ofClients
      .filter((definition) => definition.file === file)
      .map(({ node }) => 'name' in node && node.name?.value);

    expect(names).toContain(name);
  });

  it('in Markdown have the line of the page', () => {
    const found = ofClients.find(
      ({ file, node }) =>
        file === 'docs/api.md' &&
        'name' in node &&
        node.name?.value === 'Items',
    );
    const lines = readFileSync(
      path.join(PROJECT_ROOT, 'docs', 'api.md'),
      'utf8',
    ).split('\n');

    const line = found?.node.loc?.source.locationOffset.line ?? 0;
    expect(lines[line - 1]).toMatch(/^query Items\(/);
  });

  it('in Markdown fit the schema', () => {
    const schema = buildSchema(
      readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
    );

    const errors = ofClients
      .filter(({ file }) => file.endsWith('.md'))
      .flatMap(({ node }) =>
        validate(schema, { kind: Kind.DOCUMENT, definitions: [node] }),
      );
    expect(errors).toEqual([]);
  });
});
