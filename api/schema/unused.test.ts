import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { temporaryFolder } from '../testing/cleanUp';
import { SCHEMA_FILE } from './contract';
import { unusedFields } from './unused';

const SCHEMA = `interface Node {
  id: ID!
}
type Query {
  item: Item
  node: Node
}
type Item implements Node {
  id: ID!
  title: String!
  old: Old @deprecated(reason: "Use \`title\`.")
  createdAt: String!
}
type Old {
  text: String
}
`;

it('npm run schema:unused lists the fields that no document of a client selects', async () => {
  const folder = await temporaryFolder();
  const write = (file: string, text: string) =>
    writeFile(path.join(folder, file), text);
  await cp(
    path.join(PROJECT_ROOT, '.graphqlrc.yml'),
    path.join(folder, '.graphqlrc.yml'),
  );
  for (const name of ['web', 'api', 'docs/operations'])
    await mkdir(path.join(folder, name), { recursive: true });
  await write(SCHEMA_FILE, SCHEMA);
  await write('web/Item.tsx', 'graphql(`query Item { item { title } }`)');
  await write('docs/operations/node.graphql', 'query Node { node { id } }');
  await write('api/item.test.ts', 'const ITEM = gql`{ item { createdAt } }`');

  expect(unusedFields(folder)).toEqual(['schema.graphql:12 Item.createdAt']);
});
