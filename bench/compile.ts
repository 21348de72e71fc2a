import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/** Root of the repository. */
export const root = resolve(__dirname, '..');

/** The entry of the built API. */
export const apiEntry = join(root, 'dist', 'api', 'main.js');

type Script = 'baseline' | 'load' | 'bcryptAlone';

const compiled = new Map<Script, string>();

/**
 * Compiles one script of this folder to plain JavaScript, so that it runs without a loader, like the
 * built API.
 *
 * @returns the path of the compiled script
 */
export function compile(name: Script): string {
  const before = compiled.get(name);
  if (before) return before;
  const folder = join(root, 'dist', 'bench');
  mkdirSync(folder, { recursive: true });
  const source = readFileSync(join(__dirname, `${name}.ts`), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  });
  const file = join(folder, `${name}.js`);
  writeFileSync(file, outputText);
  compiled.set(name, file);
  return file;
}
