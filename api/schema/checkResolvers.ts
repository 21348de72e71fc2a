import path from 'node:path';
import ts from 'typescript';
import { PROJECT_ROOT } from '../config';
import { readContract, SCHEMA_FILE, type Contract } from './contract';

/**
 * Lists the fields of the schema that have neither a resolver nor a property of their name in the model of
 * their type, as the compiler finds them in api/graphql/schema.ts. The generated types must be up to date.
 * @returns a sentence for each, with its line in the schema
 */
export function unresolvedFields({ elements }: Contract): string[] {
  const file = path.join(PROJECT_ROOT, 'api', 'graphql', 'schema.ts');
  const program = ts.createProgram([file], compilerOptions());
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} cannot be read`);
  const checker = program.getTypeChecker();
  return missingIn(source, checker).map((field) => {
    const [type = '', name = ''] = field.split('.');
    const place = elements.get(field)?.place ?? SCHEMA_FILE;
    return `${place} ${field} has no resolver, and the model of ${type} no property \`${name}\``;
  });
}

function compilerOptions(): ts.CompilerOptions {
  const file = path.join(PROJECT_ROOT, 'api', 'tsconfig.json');
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  };
  return ts.getParsedCommandLineOfConfigFile(file, {}, host)?.options ?? {};
}

/** Reads the names of `Complete<typeof resolvers>`: a type without properties where nothing is missing. */
function missingIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  let missing: string[] | null = null;
  const visit = (node: ts.Node): void => {
    if (
      ts.isSatisfiesExpression(node) &&
      node.type.getText(source).startsWith('Complete<')
    )
      missing = checker
        .getPropertiesOfType(checker.getTypeFromTypeNode(node.type))
        .map(({ name }) => name)
        .filter((name) => /^\w+\.\w+$/.test(name));
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (!missing)
    throw new Error('api/graphql/schema.ts does not check its resolvers');
  return missing;
}

/** Prints the fields, and fails where there are any. */
function main(): void {
  const missing = unresolvedFields(readContract(SCHEMA_FILE));
  if (missing.length === 0) return;
  process.stderr.write(`${missing.join('\n')}\n`);
  process.exitCode = 1;
}

if (require.main === module) main();
