import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import { PROJECT_ROOT } from '../config';
import { COVERAGE_FOLDER, declaredCodes } from './contractCoverage';

/** Runs after `npm test`: fails where no test has seen a part of the contract. */
function main(): void {
  const facts = readFacts();
  if (!facts) return;
  const missing = testFiles().filter((file) => !facts.has(file));
  if (missing.length > 0) {
    print(`Contract: not checked, as ${missing.length} test files did not run`);
    return;
  }
  const unseen = expectedFacts().filter((fact) => !facts.has(fact));
  for (const fact of unseen) print(`Contract: no test has seen ${fact}`);
  if (unseen.length === 0)
    print('Contract: every field, error and operation of the web app was seen');
  else process.exitCode = 1;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Reads what the test files of the run have recorded, and deletes it; null without records. */
function readFacts(): Set<string> | null {
  try {
    const files = readdirSync(COVERAGE_FOLDER);
    const lines = files.flatMap((file) =>
      readFileSync(path.join(COVERAGE_FOLDER, file), 'utf8').split('\n'),
    );
    rmSync(COVERAGE_FOLDER, { recursive: true });
    return new Set(lines);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Lists the files of a folder, with paths from the root of the project. */
const filesIn = (folder: string): string[] =>
  readdirSync(path.join(PROJECT_ROOT, folder), {
    recursive: true,
    encoding: 'utf8',
  }).map((file) => path.join(folder, file));

/** Lists the test files that record facts: those in a browser see the API through the web app. */
const testFiles = (): string[] =>
  ['api', 'web']
    .flatMap(filesIn)
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter((file) => !file.startsWith(path.join('web', 'browser')));

/** Codes of top-level errors, as docs/api.md lists them. */
function topLevelCodes(): string[] {
  const docs = readFileSync(path.join(PROJECT_ROOT, 'docs/api.md'), 'utf8');
  const [, section = ''] = docs.split('### Top-level errors');
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) =>
    String(code),
  );
}

/** Names of the operations of the web app. */
const webOperations = (): string[] =>
  filesIn('web')
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file))
    .filter((file) => !/^web.(generated|testing|browser|explorer)\b/.test(file))
    .flatMap((file) => [
      ...readFileSync(path.join(PROJECT_ROOT, file), 'utf8').matchAll(
        /graphql\(\s*`\s*(?:query|mutation|subscription) (\w+)/g,
      ),
    ])
    .map(([, name]) => `operation ${name}`);

/** Lists the facts that a whole run must record. */
function expectedFacts(): string[] {
  const schema = buildSchema(
    readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
  );
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
    );
  // A deprecated mutation has the resolver of the one that replaces it.
  const errors = Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ deprecationReason }) => !deprecationReason)
    .flatMap(({ name }) =>
      declaredCodes(name).map((code) => `Mutation.${name} ${code}`),
    );
  return [...fields, ...errors, ...topLevelCodes(), ...webOperations()];
}

main();
