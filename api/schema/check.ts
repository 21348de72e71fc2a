import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { BREAKS_FILE, breakKey, readBreaks } from './breaks';
import { CHANGELOG_FILE, missingSentences } from './changelog';
import { changesBetween } from './changes';
import { readContract, RELEASED_FILE, SCHEMA_FILE } from './contract';
import { readDefinitions } from './documents';
import { deprecatedUseProblems, deprecationProblems } from './deprecations';
import { advice, describe } from './report';
import { findUses } from './uses';
import { judge } from './verdicts';

/** The findings of a check. */
export type Outcome = {
  /** One text for each change, with its line and its users. */
  changes: string[];
  /** Why the schema may not stay as it is; none where it may. */
  problems: string[];
};

/**
 * Compares schema.graphql with the released schema.
 * @param today as `2027-06-01`
 * @throws GraphQLError where a schema or a document cannot be parsed
 */
export async function checkSchema(
  root: string,
  today: string,
): Promise<Outcome> {
  const released = readContract(RELEASED_FILE, root);
  const current = readContract(SCHEMA_FILE, root);
  const breaks = readBreaks(root);
  const definitions = readDefinitions(root);
  const uses = findUses(released.schema, definitions);
  const changes = await changesBetween(released, current);
  const verdicts = judge(changes, { released, current, uses, breaks, today });
  const refused = verdicts.filter(({ allowed }) => allowed === null);
  const keys = new Set(changes.map(breakKey));
  return {
    changes: verdicts.map(describe),
    problems: [
      ...deprecationProblems(current, today),
      ...deprecatedUseProblems(current, findUses(current.schema, definitions)),
      ...[...breaks.keys()]
        .filter((key) => !keys.has(key))
        .map((key) => `${BREAKS_FILE}: there is no such change: ${key}`),
      ...missingSentences(readChangelog(root)).map(
        (line) =>
          `${CHANGELOG_FILE}:${line} Write a sentence for clients in place of TODO`,
      ),
      ...(refused.length > 0 ? [advice(refused)] : []),
    ],
  };
}

function readChangelog(root: string): string {
  const file = path.join(root, CHANGELOG_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Prints the changes, and fails where there are problems. */
async function main(): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const { changes, problems } = await checkSchema(PROJECT_ROOT, today);
  const title =
    changes.length === 0
      ? `${SCHEMA_FILE} is as released.`
      : `Changes since the released schema: ${changes.length}`;
  process.stdout.write(`${[title, ...changes].join('\n')}\n`);
  if (problems.length === 0) return;
  process.stderr.write(`\n${problems.join('\n')}\n`);
  process.exitCode = 1;
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
