import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GraphQLError, parse, Source, type DefinitionNode } from 'graphql';
import { loadConfigSync } from 'graphql-config';
import { PROJECT_ROOT } from '../config';

/** Projects of .graphqlrc.yml, each with the documents of the folder of its name. */
export const PROJECTS = ['web', 'docs', 'api'] as const;

/** Owner of a document: the web app, a foreign client, or a test of the API. */
export type Project = (typeof PROJECTS)[number];

/** An operation or a fragment, and the file that it is written in. */
export type Definition = {
  project: Project;
  /** Path from the root of the project. */
  file: string;
  node: DefinitionNode;
};

/** Documents as calls of `graphql` in the web app and in code of Markdown, and as templates in the API. */
const IN_CODE = /\b(?:graphql\(\s*|gql)`([^`]*)`/g;

/** Blocks of GraphQL in Markdown. */
const IN_MARKDOWN = /^```graphql\n([^]*?)^```$/gm;

/**
 * Reads the operations and fragments of all projects.
 * @throws GraphQLError where a document cannot be parsed
 */
export function readDefinitions(root = PROJECT_ROOT): Definition[] {
  const config = loadConfigSync({ rootDir: root });
  return PROJECTS.flatMap((project) => {
    const folder = path.join(root, project);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => path.join(folder, file))
      .filter(
        (file) =>
          config.getProject(project).match(file) ||
          // Editors and ESLint cannot read these, so .graphqlrc.yml does not name them.
          (project === 'docs' && file.endsWith('.md')),
      )
      .flatMap((file) => sourcesOf(file, path.relative(root, file)))
      .flatMap((source) =>
        parseSource(source).map((node) => ({
          project,
          file: source.name,
          node,
        })),
      );
  });
}

function sourcesOf(file: string, name: string): Source[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.graphql')) return [new Source(text, name)];
  const matches = [
    ...text.matchAll(IN_CODE),
    ...(file.endsWith('.md') ? text.matchAll(IN_MARKDOWN) : []),
  ];
  return matches.map((match) => {
    const [whole, body = ''] = match;
    const before = text.slice(0, match.index + whole.indexOf(body));
    const line = before.split('\n').length;
    // Fragments that are put in stand elsewhere too.
    return new Source(body.replace(/\$\{[^}]*\}/g, ''), name, {
      line,
      column: 1,
    });
  });
}

function parseSource(source: Source): readonly DefinitionNode[] {
  try {
    return source.body.trim() === '' ? [] : parse(source).definitions;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = (error.locations?.[0]?.line ?? 1) + source.locationOffset.line;
    throw new GraphQLError(`${source.name}:${line - 1} ${error.message}`);
  }
}
