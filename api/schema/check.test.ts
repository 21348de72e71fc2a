import { cp, symlink, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { temporaryFolder } from '../testing/cleanUp';
import { BREAKS_FILE } from './breaks';
import { CHANGELOG_FILE } from './changelog';
import { checkSchema } from './check';
import { RELEASED_FILE, SCHEMA_FILE } from './contract';

const TODAY = '2027-03-01';

type Files = {
  released: string;
  current: string;
  /** Content of the file of breaks. */
  breaks?: string;
  changelog?: string;
  /** Folders of ours with documents. */
  documents?: string[];
};

/** Runs the check in a project with these files. */
async function check({
  released,
  current,
  breaks,
  changelog = '',
  documents = [],
}: Files) {
  const folder = await temporaryFolder();
  const file = (name: string) => path.join(folder, name);
  const ours = (name: string) => path.join(PROJECT_ROOT, name);
  await cp(ours('.graphqlrc.yml'), file('.graphqlrc.yml'));
  for (const name of documents) await symlink(ours(name), file(name));
  await writeFile(file(RELEASED_FILE), released);
  await writeFile(file(SCHEMA_FILE), current);
  await writeFile(file(CHANGELOG_FILE), changelog);
  if (breaks !== undefined) await writeFile(file(BREAKS_FILE), breaks);
  return checkSchema(folder, TODAY);
}

/** A small schema. @param field of invites, beside their id */
const schemaWith = (field: string) => `type Query {
  invite: Invite
}
type Invite {
  id: ID!
  ${field}
}
`;
const RELEASED = schemaWith('createdAt: String!');
const WITHOUT = schemaWith('');
const deprecated = (reason: string) =>
  schemaWith(`createdAt: String! @deprecated(reason: "${reason}")`);

const REMOVAL =
  'breaking: Field `createdAt` was removed from object type `Invite`';
const REASON = `- reason: No client shows it.\n  changes: ["${REMOVAL}"]\n`;

describe('npm run schema:check', () => {
  it('finds nothing where the schema is as released', async () => {
    expect(await check({ released: RELEASED, current: RELEASED })).toEqual({
      changes: [],
      problems: [],
    });
  });

  it('names a break, its line, and what to write where it is intended', async () => {
    const { changes, problems } = await check({
      released: RELEASED,
      current: WITHOUT,
    });

    expect(changes).toEqual([
      [
        'breaking  schema.released.graphql:6  Field `createdAt` was removed from object type `Invite`',
        '    used by no document of web/ and docs/',
        '    NOT ALLOWED',
      ].join('\n'),
    ]);
    expect(problems).toEqual([
      expect.stringMatching(
        /Change the schema.*CONTRIBUTING[^]*schema\.breaks/,
      ),
    ]);
    expect(problems[0]).toContain(REMOVAL);
  });

  it('allows a break with a written reason', async () => {
    const { changes, problems } = await check({
      released: RELEASED,
      current: WITHOUT,
      breaks: REASON,
    });

    expect(changes[0]).toContain('allowed: No client shows it.');
    expect(problems).toEqual([]);
  });

  it('refuses a reason for a change that was not made', async () => {
    const { problems } = await check({
      released: RELEASED,
      current: RELEASED,
      breaks: REASON,
    });

    expect(problems).toEqual([
      `${BREAKS_FILE}: there is no such change: ${REMOVAL}`,
    ]);
  });

  it.each(['- changes: ["x"]', '- reason: ""\n  changes: ["x"]', 'reason: x'])(
    'refuses a file of breaks without a reason for each change: %j',
    async (breaks) => {
      await expect(
        check({ released: RELEASED, current: WITHOUT, breaks }),
      ).rejects.toThrow(BREAKS_FILE);
    },
  );

  it('allows the removal of what was deprecated from the announced day on', async () => {
    const { changes, problems } = await check({
      released: deprecated('Use `id`. Will be removed on 2027-03-01.'),
      current: WITHOUT,
    });

    expect(changes[0]).toContain('announced to be removed on 2027-03-01');
    expect(problems).toEqual([]);
  });

  it('refuses the removal of what was deprecated before the announced day', async () => {
    const { changes, problems } = await check({
      released: deprecated('Use `id`. Will be removed on 2027-03-02.'),
      current: WITHOUT,
    });

    expect(changes[0]).toMatch(
      /announced to be removed on 2027-03-02\n +NOT ALLOWED/,
    );
    expect(problems).toHaveLength(1);
  });

  it('allows another type of what was deprecated only with a reason', async () => {
    const { problems } = await check({
      released: deprecated('Use `id`. Will be removed on 2027-03-01.'),
      current: schemaWith('createdAt: String'),
    });

    expect(problems).toHaveLength(1);
  });

  it('allows the removal of types together with all that used them', async () => {
    const types = 'type Edge { cursor: String node: Row } type Row { id: ID }';
    const rows = schemaWith(
      'rows(order: Order): [Edge] @deprecated(reason: "Use `id`. Will be removed on 2027-01-01.")',
    );
    const released = `${rows} ${types} enum Order { NEW }`;

    const together = await check({ released, current: WITHOUT });
    const still = await check({
      released: `${released} type Other { row: Row } extend type Query { other: Other }`,
      current: `${WITHOUT} type Other { id: ID } extend type Query { other: Other }`,
    });

    expect(together.changes).toHaveLength(4);
    expect(together.problems).toEqual([]);
    expect(still.problems[0]).toContain('Type `Row` was removed');
    expect(still.problems[0]).not.toContain('Type `Order` was removed');
  });

  it.each([
    ['names no day', 'Use `id`.'],
    ['names no replacement', 'Will be removed on 2027-06-01.'],
    ['names no real day', 'Use `id`. Will be removed on 2027-13-01.'],
  ])('refuses a deprecation that %s', async (_, reason) => {
    const { problems } = await check({
      released: RELEASED,
      current: deprecated(reason),
    });

    expect(problems).toEqual([
      expect.stringMatching(
        /^schema\.graphql:6 .*`Invite\.createdAt` is deprecated must name/,
      ),
    ]);
  });

  it('refuses a deprecated field that should have been removed by now', async () => {
    const { problems } = await check({
      released: RELEASED,
      current: deprecated('Use `id`. Will be removed on 2027-03-01.'),
    });

    expect(problems).toEqual([
      'schema.graphql:6 `Invite.createdAt` was to be removed on 2027-03-01: remove it, or name a later day',
    ]);
  });

  it('names the lines of a changelog without a sentence', async () => {
    const { problems } = await check({
      released: RELEASED,
      current: RELEASED,
      changelog: '# Changes\n\n## Unreleased\n\n- TODO\n  - A change\n',
    });

    expect(problems).toEqual([
      'CHANGELOG-schema.md:5 Write a sentence for clients in place of TODO',
    ]);
  });

  it('names documents that use what is deprecated', async () => {
    const released = readFileSync(path.join(PROJECT_ROOT, SCHEMA_FILE), 'utf8');
    const start = released.indexOf('\ntype PageInfo ');
    const current =
      released.slice(0, start) +
      released
        .slice(start)
        .replace(
          'hasNextPage: Boolean!',
          'hasNextPage: Boolean! @deprecated(reason: "Use `endCursor`. Will be removed on 2027-06-01.")',
        );

    const { problems } = await check({
      released,
      current,
      documents: ['web', 'api'],
    });

    expect(problems).toContainEqual(
      expect.stringMatching(
        /^web\/items\/ItemsPage\.tsx:\d+ query Items uses `PageInfo\.hasNextPage`, which is deprecated: Use/,
      ),
    );
    expect(problems.filter((each) => !each.startsWith('web/'))).toEqual([]);
  }, 20_000);

  it('names six breaks of our schema at once, with their lines and users', async () => {
    const released = readFileSync(path.join(PROJECT_ROOT, SCHEMA_FILE), 'utf8');
    const broken: [type: string, from: RegExp, to: string][] = [
      ['Invite', /"[^"\n]*"\n +createdAt: DateTime!/, ''],
      ['Recipe', /minutesToComplete:/, 'minutes:'],
      ['Item', /title: String!/, 'title: String'],
      ['Loan', /item: Item!/, 'item: Item'],
      ['Item', /maxLoanDays: Int!/, 'maxLoanDays: Float!'],
      ['Loan', /first: (Int!?) = 20/, 'first: $1 = 50'],
    ];
    const current = broken.reduce((text, [type, from, to]) => {
      const start = text.indexOf(`\ntype ${type} `);
      const rest = text.slice(start).replace(from, to);
      expect(rest).not.toBe(text.slice(start));
      return text.slice(0, start) + rest;
    }, released);

    const { changes, problems } = await check({
      released,
      current,
      documents: ['web', 'docs', 'api'],
    });

    const expected = [
      [
        /^breaking {2}schema\.released\.graphql:\d+ {2}Field `createdAt` was removed from object type `Invite`/,
      ],
      [
        /^breaking {2}schema\.released\.graphql:\d+ {2}Field `minutesToComplete` was removed/,
        /used by web\/recipes\/RecipeCard\.tsx:\d+ fragment RecipeCard_recipe in query \w+/,
      ],
      [
        /^breaking {2}schema\.graphql:\d+ {2}Field `Item.title` changed type from `String!` to `String`/,
        /used by web\/items\/ItemCard\.tsx:\d+ fragment ItemCard_item in query \w+/,
      ],
      [
        /^breaking {2}schema\.graphql:\d+ {2}Field `Loan.item` changed type/,
        /used by web\/loans\/LoanCard\.tsx:\d+ fragment/,
      ],
      [
        /^breaking {2}schema\.graphql:\d+ {2}Field `Item.maxLoanDays` changed type from `Int!` to `Float!`/,
        /used by web\/items\/\w+\.tsx:\d+ query/,
      ],
      [
        /^dangerous {2}schema\.graphql:\d+ {2}Default value for argument `first` on field `Loan.messages` changed from `20` to `50`/,
        /used by web\/messages\/LoanThread\.tsx:\d+ query/,
        /in tests of the API: api\/testing\/messages\.ts:\d+/,
      ],
    ];
    for (const [says = /^$/, ...users] of expected) {
      expect(changes).toContainEqual(expect.stringMatching(says));
      const text = changes.find((each) => says.test(each));
      expect(text).toContain('NOT ALLOWED');
      for (const user of users) expect(text).toMatch(user);
    }
    expect(problems.join()).toContain(REMOVAL);
  }, 20_000);
});
