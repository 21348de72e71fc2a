import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import ts from 'typescript';
import { PROJECT_ROOT } from '../config';
import { readContract, SCHEMA_FILE } from './contract';
import {
  apiTest,
  docsRow,
  KINDS,
  pascalCase,
  resolver,
  RESOLVER_IMPORT,
  schemaField,
  schemaTypes,
  webDocument,
  type NewOperation,
} from './operationTemplates';

const USAGE = `npm run new:operation -- <name> <${KINDS.join('|')}> <concept>`;

/**
 * Adds an operation to the schema, the resolvers, the tests, the documents of the web app and docs/api.md.
 * @returns the files that were written
 * @throws Error where the name, the kind or the concept is wrong; nothing was written then
 */
export function addOperation(root: string, operation: NewOperation): string[] {
  assertValid(root, operation);
  const { name, concept } = operation;
  const folder = existsSync(path.join(root, 'web', concept))
    ? concept
    : 'account';
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const files = new Map([
    [SCHEMA_FILE, withField(read(SCHEMA_FILE), operation)],
    [resolversOf(concept), withResolver(read(resolversOf(concept)), operation)],
    [`api/${concept}/${name}.test.ts`, apiTest(operation)],
    [`web/${folder}/${name}.ts`, webDocument(operation)],
    ['docs/api.md', withRow(read('docs/api.md'), operation)],
  ]);
  for (const file of files.keys())
    if (file.includes(`/${name}.`) && existsSync(path.join(root, file)))
      throw new Error(`${file} exists already`);
  for (const [file, text] of files) writeFileSync(path.join(root, file), text);
  return [...files.keys()];
}

const resolversOf = (concept: string) =>
  `api/${concept}/${concept}.resolvers.ts`;

function assertValid(root: string, { name, kind, concept }: NewOperation) {
  if (!/^[a-z][a-zA-Z0-9]{1,49}$/.test(name))
    throw new Error(`"${name}" is no name in camel case, as borrowItem`);
  if (!KINDS.includes(kind))
    throw new Error(`"${kind}" is none of ${KINDS.join(', ')}`);
  const concepts = readdirSync(path.join(root, 'api')).filter((each) =>
    existsSync(path.join(root, resolversOf(each))),
  );
  if (!concepts.includes(concept))
    throw new Error(`"${concept}" is none of ${concepts.join(', ')}`);
  const { elements } = readContract(SCHEMA_FILE, root);
  const type = pascalCase(name);
  const taken = [
    ...['Query', 'Mutation', 'Subscription'].map((each) => `${each}.${name}`),
    ...(kind === 'mutation' ? [`${type}Input`, `${type}Payload`] : []),
  ].find((each) => elements.has(each));
  if (taken !== undefined)
    throw new Error(`${SCHEMA_FILE} has ${taken} already`);
}

/** Adds the field as the last one of its root type, and its types at the end. */
function withField(schema: string, operation: NewOperation): string {
  const root = pascalCase(operation.kind);
  const start = schema.search(new RegExp(`^type ${root} `, 'm'));
  const end = schema.indexOf('\n}', start) + 1;
  return (
    schema.slice(0, end) +
    schemaField(operation) +
    schema.slice(end) +
    schemaTypes(operation)
  );
}

/** Adds the resolver as the last one of its root type. */
function withResolver(code: string, operation: NewOperation): string {
  const root = pascalCase(operation.kind);
  const source = ts.createSourceFile(
    'resolvers.ts',
    code,
    ts.ScriptTarget.Latest,
  );
  let resolvers: ts.ObjectLiteralExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (
      ts.isSatisfiesExpression(node) &&
      ts.isObjectLiteralExpression(node.expression)
    )
      resolvers ??= node.expression;
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (!resolvers) throw new Error('The file has no resolvers');
  const fields = resolvers.properties.find(
    (property): property is ts.PropertyAssignment =>
      ts.isPropertyAssignment(property) &&
      property.name.getText(source) === root,
  )?.initializer;
  const insert = (position: number, text: string) =>
    withImport(code.slice(0, position) + text + code.slice(position));
  return fields
    ? insert(code.lastIndexOf('\n', fields.getEnd()) + 1, resolver(operation))
    : insert(
        resolvers.getStart(source) + 1,
        `\n  ${root}: {\n${resolver(operation)}  },`,
      );
}

/** Adds the import of the resolver after the last one, unless it is there. */
function withImport(code: string): string {
  if (code.includes(RESOLVER_IMPORT)) return code;
  const last = code.lastIndexOf("';\n", code.indexOf('\nexport ')) + 3;
  return code.slice(0, last) + RESOLVER_IMPORT + code.slice(last);
}

/** Adds the row to the table of its kind. */
function withRow(page: string, operation: NewOperation): string {
  const titles = {
    query: '## Queries',
    mutation: '## Mutations',
    subscription: '## Subscriptions',
  };
  const start = page.indexOf(`\n${titles[operation.kind]}\n`);
  const end = page.indexOf('\n\n', page.indexOf('\n| ', start) + 1);
  return `${page.slice(0, end)}\n${docsRow(operation)}${page.slice(end)}`;
}

/** Asks for what the arguments leave out. @throws Error without a terminal */
async function ask(given: string[]): Promise<NewOperation> {
  const answers = [...given];
  if (answers.length < 3 && !process.stdin.isTTY) throw new Error(USAGE);
  const terminal = createInterface(process.stdin, process.stdout);
  const questions = ['Name: ', `Kind (${KINDS.join(', ')}): `, 'Concept: '];
  for (const question of questions.slice(answers.length))
    answers.push((await terminal.question(question)).trim());
  terminal.close();
  const [name = '', kind = '', concept = ''] = answers;
  return { name, kind: kind as NewOperation['kind'], concept };
}

/** Adds an operation, formats its files and generates code. */
async function main(): Promise<void> {
  const files = addOperation(PROJECT_ROOT, await ask(process.argv.slice(2)));
  const options = { cwd: PROJECT_ROOT, stdio: 'inherit', shell: true } as const;
  for (const command of [
    `npx prettier --log-level warn --write ${files.join(' ')}`,
    'npm run codegen',
  ])
    if (spawnSync(command, options).status !== 0)
      throw new Error(`${command} has failed`);
  process.stdout.write(
    `Written:\n${files.join('\n')}\nReplace each TODO. \`npm run schema:check\` then names the documents that no longer fit. The new test fails until the resolver is written.\n`,
  );
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
