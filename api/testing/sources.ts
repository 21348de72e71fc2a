import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { PROJECT_ROOT } from '../config';

/** An import of a file: `target` is a path from the root, or the name of a package. */
export type Import = {
  target: string;
  isOwn: boolean;
  /** Removed at compile time, as it imports only types. */
  isType: boolean;
  /** Loaded on demand: `import('./Page')`. */
  isDynamic: boolean;
};

/** A source file of ours, by its path from the root. */
export type Source = { file: string; text: string; imports: Import[] };

/** Lists the sources of `api` or `web`, generated ones left out. */
export function sourcesOf(half: 'api' | 'web'): Source[] {
  return readdirSync(path.join(PROJECT_ROOT, half), {
    recursive: true,
    encoding: 'utf8',
  })
    .map((file) => path.posix.join(half, file.split(path.sep).join('/')))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated/'))
    .map((file) => {
      const text = readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
      return { file, text, imports: importsOf(file, text) };
    });
}

/** Tells whether a file is part of the product, and no test, help of tests or mock server. */
export const isShipped = ({ file }: Source): boolean =>
  !/\.test\.tsx?$|^(api|web)\/testing\/|^api\/mock\/|^web\/browser\//.test(
    file,
  );

/** The concept that a file belongs to: the folder that it is in. */
export const conceptOf = (file: string): string => file.split('/')[1] ?? '';

/** Tells whether a file may import another: from its own concept, or from one before it in the list. */
export const isUpstream = (
  concepts: string[],
  imported: string,
  file: string,
): boolean => {
  const [from, to] = [conceptOf(imported), conceptOf(file)];
  return from === to || concepts.indexOf(from) < concepts.indexOf(to);
};

/** Tells whether a file belongs to one of the concepts. */
export const isIn = (concepts: string[], file: string): boolean =>
  concepts.includes(conceptOf(file));

/** Lists the imports of these files that a rule forbids, as sentences. */
export const forbidden = (
  sources: Source[],
  isForbidden: (imported: Import, file: string) => boolean,
): string[] =>
  sources.flatMap(({ file, imports }) =>
    imports
      .filter((each) => isForbidden(each, file))
      .map(({ target }) => `${file} must not import ${target}`),
  );

/**
 * Lists the sources that a rule is about.
 * @throws if there are none: a rule about files that do not exist would always hold
 */
export function named(sources: Source[], pattern: RegExp): Source[] {
  const found = sources.filter(({ file }) => pattern.test(file));
  if (found.length === 0) throw new Error(`No file matches ${pattern.source}`);
  return found;
}

/** Lists the imports of all kinds: `import`, `export from`, `import()`, with relative paths resolved. */
function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Expression | undefined, rest: Partial<Import> = {}) => {
    if (!node || !ts.isStringLiteral(node)) return;
    const isOwn = node.text.startsWith('.');
    found.push({
      target: isOwn ? resolve(file, node.text) : packageOf(node.text),
      isOwn,
      isType: false,
      isDynamic: false,
      ...rest,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, { isType: isTypeImport(node.importClause) });
    else if (ts.isExportDeclaration(node))
      add(node.moduleSpecifier, { isType: node.isTypeOnly });
    else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword
    )
      add(node.arguments[0], { isDynamic: true });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    !name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

const packageOf = (name: string): string =>
  name.split('/', name.startsWith('@') ? 2 : 1).join('/');

function resolve(file: string, specifier: string): string {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const found = ['', '.ts', '.tsx', '.d.ts'].find((ending) =>
    existsSync(path.join(PROJECT_ROOT, target + ending)),
  );
  return target + (found ?? '');
}

/**
 * Finds a circle among imports that remain at run time.
 * @returns the files along it, or nothing
 */
export function findCircle(sources: Source[]): string[] {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  const done = new Set<string>();
  const walk = (file: string, trail: string[]): string[] => {
    if (trail.includes(file))
      return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { target, isOwn, isType, isDynamic } of byFile.get(file)
      ?.imports ?? []) {
      if (!isOwn || isType || isDynamic) continue;
      const circle = walk(target, [...trail, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of byFile.keys()) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
