import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { BREAKS_FILE, breakKey, readBreaks, type Breaks } from './breaks';
import {
  CHANGELOG_FILE,
  isWritten,
  nextEntries,
  parseChangelog,
  printChangelog,
} from './changelog';
import { changesBetween, type Change } from './changes';
import { readContract, RELEASED_FILE, SCHEMA_FILE } from './contract';
import { judge } from './verdicts';

/** The outcome of a release, in a sentence. */
export type Outcome = {
  state: 'unchanged' | 'refused' | 'unwritten' | 'released';
  message: string;
};

/**
 * Releases the schema: writes its changes to the changelog, and once each has a sentence by a person, makes
 * the schema the released one. Reasons of breaks are their sentences, and are then removed from their file.
 * @param today as `2027-06-01`
 */
export async function releaseSchema(
  root: string,
  today: string,
): Promise<Outcome> {
  const released = readContract(RELEASED_FILE, root);
  const current = readContract(SCHEMA_FILE, root);
  const breaks = readBreaks(root);
  const changes = await changesBetween(released, current);
  if (changes.length === 0)
    return outcome(
      'unchanged',
      `${SCHEMA_FILE} is as released, except for descriptions.`,
    );
  const basis = { released, current, breaks, today, uses: new Map() };
  if (judge(changes, basis).some(({ allowed }) => allowed === null))
    return outcome(
      'refused',
      'Some changes are not allowed: see `npm run schema:check`.',
    );
  const line = unwrittenLine(read(root, SCHEMA_FILE));
  if (line !== null)
    return outcome(
      'refused',
      `${SCHEMA_FILE}:${line} Write the description in place of TODO`,
    );
  return writeRelease(root, today, changes, breaks);
}

/** Writes the changelog of changes that are allowed, and the released schema where each has its sentence. */
function writeRelease(
  root: string,
  today: string,
  changes: readonly Change[],
  breaks: Breaks,
): Outcome {
  const file = (name: string) => path.join(root, name);
  const { version } = JSON.parse(read(root, 'package.json')) as {
    version: string;
  };
  const changelog = parseChangelog(read(root, CHANGELOG_FILE));
  if (changelog.released.includes(`## ${version} `))
    return outcome(
      'refused',
      `The schema of ${version} is released already: raise the version in package.json.`,
    );
  const entries = nextEntries(
    changes,
    changelog.pending,
    reasonsOf(changes, breaks),
  );
  const isReleased = isWritten(entries);
  const heading = isReleased ? `## ${version} (${today})` : undefined;
  writeFileSync(
    file(CHANGELOG_FILE),
    printChangelog(changelog, entries, changes, heading),
  );
  if (!isReleased)
    return outcome(
      'unwritten',
      `Write a sentence for clients in place of each TODO in ${CHANGELOG_FILE}, and run this again. Changes may share one.`,
    );
  copyFileSync(file(SCHEMA_FILE), file(RELEASED_FILE));
  if (breaks.size > 0)
    writeFileSync(file(BREAKS_FILE), comments(read(root, BREAKS_FILE)));
  return outcome('released', `The schema of ${version} is released.`);
}

const read = (root: string, name: string): string =>
  readFileSync(path.join(root, name), 'utf8');

/** Returns the reasons of breaks by the messages of their changes. */
const reasonsOf = (
  changes: readonly Change[],
  breaks: Breaks,
): Map<string, string> =>
  new Map(
    changes.flatMap((change): [string, string][] => {
      const reason = breaks.get(breakKey(change));
      return reason === undefined ? [] : [[change.message, reason]];
    }),
  );

const outcome = (state: Outcome['state'], message: string): Outcome => ({
  state,
  message,
});

/** Returns the line of the first description of a schema that is still to be written; null if there is none. */
function unwrittenLine(schema: string): number | null {
  const start = schema.search(/"\s*TODO\b/);
  return start < 0 ? null : schema.slice(0, start).split('\n').length;
}

/** The comments with which a file begins. */
const comments = (text: string): string => /^(?:#.*\n)*/.exec(text)?.[0] ?? '';

/** Releases the schema of this project. Fails where something has to be done first. */
async function main(): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const { state, message } = await releaseSchema(PROJECT_ROOT, today);
  const isDone = state === 'released' || state === 'unchanged';
  (isDone ? process.stdout : process.stderr).write(`${message}\n`);
  if (!isDone) process.exitCode = 1;
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
