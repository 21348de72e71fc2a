import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../testing/cleanUp';
import { BREAKS_FILE } from './breaks';
import { CHANGELOG_FILE } from './changelog';
import { RELEASED_FILE, SCHEMA_FILE } from './contract';
import { releaseSchema } from './release';

const TODAY = '2027-03-01';
const HEAD = '# Changes of the schema\n\nWhat changed.\n';
const FIRST = '## 0.1.0 (2027-01-01)\n\nThe first released schema.\n';

const BEFORE = `type Query {
  item: Item
}
type Item {
  id: ID!
  title: String!
  note: String
}
`;
const AFTER = `type Query {
  item: Item
  items: [Item!]
}
type Item {
  id: ID!
  title: String
  note: String @deprecated(reason: "Use \`title\`. Will be removed on 2027-06-01.")
  size: Int
}
`;
const NULLABLE = 'Field `Item.title` changed type from `String!` to `String`';
const BREAKS = `# Intended breaks.
- reason: A title may be missing.
  changes:
    - "breaking: ${NULLABLE}"
`;

/** Creates a project whose schema has changed. @param files that differ, or null for none */
async function project(files: Record<string, string | null> = {}) {
  const folder = await temporaryFolder();
  const all: Record<string, string | null> = {
    'package.json': '{ "version": "0.2.0" }',
    [RELEASED_FILE]: BEFORE,
    [SCHEMA_FILE]: AFTER,
    [BREAKS_FILE]: BREAKS,
    [CHANGELOG_FILE]: `${HEAD}\n${FIRST}`,
    ...files,
  };
  const place = (name: string) => path.join(folder, name);
  for (const [name, text] of Object.entries(all))
    if (text !== null) writeFileSync(place(name), text);
  return {
    release: () => releaseSchema(folder, TODAY),
    read: (name: string) => readFileSync(place(name), 'utf8'),
    write: (name: string, text: string) => {
      writeFileSync(place(name), text);
    },
    has: (name: string) => existsSync(place(name)),
  };
}

describe('npm run schema:release', () => {
  it('refuses a description that is still to be written', async () => {
    const { release, has, read } = await project({
      [SCHEMA_FILE]: AFTER.replace('  size', '  "TODO: which."\n  size'),
    });

    expect(await release()).toEqual({
      state: 'refused',
      message: 'schema.graphql:9 Write the description in place of TODO',
    });
    expect(has(BREAKS_FILE)).toBe(true);
    expect(read(RELEASED_FILE)).toBe(BEFORE);
  });

  it('first writes the changes by criticality, with a place for each sentence', async () => {
    const { release, read } = await project();

    expect((await release()).state).toBe('unwritten');

    expect(read(CHANGELOG_FILE)).toBe(`${HEAD}
## Unreleased

### Breaking

- A title may be missing.
  - ${NULLABLE}

### Compatible

- TODO
  - Field \`items\` was added to object type \`Query\`
- TODO
  - Field \`size\` was added to object type \`Item\`
  - \`\`@deprecated(reason: "Use \`title\`. Will be removed on 2027-06-01.")\`\` was added to \`Item.note\`

${FIRST}`);
    expect(read(RELEASED_FILE)).toBe(BEFORE);
    expect(read(BREAKS_FILE)).toBe(BREAKS);
  });

  it('refuses to finish, and changes nothing, while a sentence is missing', async () => {
    const { release, read, write } = await project();
    await release();
    write(
      CHANGELOG_FILE,
      read(CHANGELOG_FILE).replace('- TODO', '- All items can be listed.'),
    );
    const before = read(CHANGELOG_FILE);

    expect((await release()).state).toBe('unwritten');

    expect(read(CHANGELOG_FILE)).toBe(before);
    expect(read(RELEASED_FILE)).toBe(BEFORE);
  });

  it('releases the schema once each change has its sentence', async () => {
    const { release, read, write } = await project();
    await release();
    write(
      CHANGELOG_FILE,
      read(CHANGELOG_FILE)
        .replace('- TODO', '- All items\n  can be listed.')
        .replace('- TODO', '- An item has a size in place of a note.'),
    );

    expect(await release()).toEqual({
      state: 'released',
      message: 'The schema of 0.2.0 is released.',
    });

    expect(read(RELEASED_FILE)).toBe(AFTER);
    expect(read(BREAKS_FILE)).toBe('# Intended breaks.\n');
    const text = read(CHANGELOG_FILE);
    expect(text).toContain('## 0.2.0 (2027-03-01)\n\n### Breaking');
    expect(text).toContain('- All items can be listed.\n  - Field `items`');
    expect(text).not.toMatch(/TODO|Unreleased/);
    expect(text.endsWith(FIRST)).toBe(true);
    expect((await release()).state).toBe('unchanged');
    expect(read(CHANGELOG_FILE)).toBe(text);
  });

  it('follows changes of the schema between two runs', async () => {
    const { release, read, write } = await project();
    await release();
    write(
      CHANGELOG_FILE,
      read(CHANGELOG_FILE)
        .replace('- TODO', '- All items can be listed.')
        .replace('- TODO', '- An item has a size.'),
    );
    write(SCHEMA_FILE, AFTER.replace('  items: [Item!]\n', '  count: Int\n'));

    expect((await release()).state).toBe('unwritten');

    const text = read(CHANGELOG_FILE);
    expect(text).not.toContain('`items`');
    expect(text).toContain('- An item has a size.\n  - Field `size`');
    expect(text).toContain('- TODO\n  - Field `count`');
  });

  it('refuses a break without a reason, and writes nothing', async () => {
    const { release, read } = await project({ [BREAKS_FILE]: null });

    expect(await release()).toMatchObject({
      state: 'refused',
      message: expect.stringContaining('schema:check') as string,
    });

    expect(read(CHANGELOG_FILE)).toBe(`${HEAD}\n${FIRST}`);
  });

  it('refuses a version that has a schema already', async () => {
    const { release } = await project({
      'package.json': '{ "version": "0.1.0" }',
    });

    expect(await release()).toMatchObject({
      state: 'refused',
      message: expect.stringContaining('raise the version') as string,
    });
  });

  it('changes nothing where the schema is as released', async () => {
    const { release, read, has } = await project({
      [SCHEMA_FILE]: BEFORE,
      [BREAKS_FILE]: null,
    });

    expect((await release()).state).toBe('unchanged');

    expect(read(CHANGELOG_FILE)).toBe(`${HEAD}\n${FIRST}`);
    expect(has(BREAKS_FILE)).toBe(false);
  });
});
