import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import ts from 'typescript';
import { PROJECT_ROOT } from '../config';
import { temporaryFolder } from '../testing/cleanUp';
import { addOperation } from './newOperation';
import { KINDS, type NewOperation } from './operationTemplates';

const COPIED = [
  'schema.graphql',
  'docs/api.md',
  'api/notifications/notifications.resolvers.ts',
  'api/messages/messages.resolvers.ts',
  'api/reminders/reminders.resolvers.ts',
  'api/emailAddress/emailAddress.resolvers.ts',
];

/** Copies what is changed, and the folders of some concepts. */
async function project() {
  const root = await temporaryFolder();
  for (const folder of ['notifications', 'messages', 'account'])
    await mkdir(path.join(root, 'web', folder), { recursive: true });
  for (const file of COPIED)
    await cp(path.join(PROJECT_ROOT, file), path.join(root, file));
  const read = (file: string) => readFile(path.join(root, file), 'utf8');
  return { root, read };
}

const syntaxErrors = (code: string) =>
  ts.transpileModule(code, { reportDiagnostics: true }).diagnostics ?? [];

describe('npm run new:operation', () => {
  it.each(KINDS)('writes a %s that fits the schema', async (kind) => {
    const { root, read } = await project();
    const files = addOperation(root, {
      name: 'countDoves',
      kind,
      concept: 'notifications',
    });

    expect(files).toEqual([
      'schema.graphql',
      'api/notifications/notifications.resolvers.ts',
      'api/notifications/countDoves.test.ts',
      'web/notifications/countDoves.ts',
      'docs/api.md',
    ]);
    const schema = buildSchema(await read('schema.graphql'));
    const field = schema
      .getRootType(kind as Parameters<typeof schema.getRootType>[0])
      ?.getFields().countDoves;
    expect(field?.description).toContain('TODO');
    expect(field?.astNode?.directives?.map(({ name }) => name.value)).toContain(
      'requireUser',
    );
    for (const file of files.filter((each) => each.endsWith('.ts'))) {
      const code = await read(file);
      expect(code).toContain('countDoves');
      expect(syntaxErrors(code)).toEqual([]);
      for (const [, text = ''] of code.matchAll(
        /`\n(\s*(?:query|mutation|subscription)[^`]+)`/g,
      ))
        expect(
          validate(
            schema,
            parse(text.replace('...UserErrorFields @unmask', 'code')),
          ),
        ).toEqual([]);
    }
    expect(await read('docs/api.md')).toMatch(/^\| `countDoves/m);
  });

  it.each<[NewOperation['kind'], string]>([
    ['query', 'reminders'],
    ['query', 'messages'],
    ['subscription', 'messages'],
    ['mutation', 'reminders'],
  ])('adds a %s to the resolvers of %s', async (kind, concept) => {
    const { root, read } = await project();

    addOperation(root, { name: 'countDoves', kind, concept });

    const code = await read(`api/${concept}/${concept}.resolvers.ts`);
    const type = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    expect(code).toMatch(
      new RegExp(`^  ${type}: \\{\\n(    .*\\n)*    countDoves: `, 'm'),
    );
    expect(code).toMatch(/^import \{ notWritten \} from/m);
    expect(syntaxErrors(code)).toEqual([]);
  });

  it.each([
    ['messages', 'messageId'],
    ['emailAddress', 'emailAddressId'],
  ])('an input of %s calls the id %s', async (concept, id) => {
    const { root, read } = await project();

    addOperation(root, { name: 'countDoves', kind: 'mutation', concept });

    expect(await read('schema.graphql')).toContain(
      `input CountDovesInput {\n  "TODO: the id of what."\n  ${id}: ID!`,
    );
    const code = await read(`api/${concept}/${concept}.resolvers.ts`);
    expect(code.indexOf('notWritten')).toBeGreaterThan(code.indexOf('import '));
    expect(code.lastIndexOf('import ')).toBe(
      code.indexOf('import { notWritten'),
    );
  });

  it('puts the document of a concept without pages into web/account', async () => {
    const { root } = await project();

    const files = addOperation(root, {
      name: 'countDoves',
      kind: 'query',
      concept: 'reminders',
    });

    expect(files).toContain('web/account/countDoves.ts');
  });

  it.each([
    ['a name that exists', { name: 'me' }, 'Query.me already'],
    [
      'a name that another kind has',
      { name: 'login' },
      'Mutation.login already',
    ],
    [
      'a name whose types exist',
      { name: 'createItem', kind: 'mutation' as const },
      'already',
    ],
    ['a name with a capital', { name: 'CountDoves' }, 'camel case'],
    ['a name that is no word', { name: 'count-doves' }, 'camel case'],
    ['a name that leaves the folder', { name: '../doves' }, 'camel case'],
    ['an unknown kind', { kind: 'task' as 'query' }, 'query, mutation'],
    ['an unknown concept', { concept: 'birds' }, 'notifications'],
    ['a concept that leaves the folder', { concept: '../api' }, 'is none of'],
  ])('refuses %s, and writes nothing', async (_, wrong, message) => {
    const { root, read } = await project();
    const operation: NewOperation = {
      name: 'countDoves',
      kind: 'query',
      concept: 'notifications',
      ...wrong,
    };

    expect(() => addOperation(root, operation)).toThrow(message);

    expect(await readdir(path.join(root, 'web/notifications'))).toEqual([]);
    expect(await read('schema.graphql')).toBe(
      await readFile(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
    );
  });
});
