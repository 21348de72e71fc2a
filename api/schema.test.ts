import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema as parseSchema } from 'graphql';
import { PROJECT_ROOT } from './config';
import { buildSchema } from './schema';

describe('the schema that is served', () => {
  it('has just the types of schema.graphql, under the same names', () => {
    const written = parseSchema(
      readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
      { assumeValidSDL: true },
    );

    const types = Object.values(buildSchema().getTypeMap());
    expect(types.map(({ name }) => name).sort()).toEqual(
      Object.keys(written.getTypeMap()).sort(),
    );
  });
});
