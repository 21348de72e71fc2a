import { stringify } from 'yaml';
import { breakKey, BREAKS_FILE } from './breaks';
import type { Use } from './uses';
import type { Verdict } from './verdicts';

/** Users of a change that are named; more are counted. */
const MAX_NAMED_USERS = 10;

/** Describes a change: its line, what changed, who uses the element, and why the change is allowed. */
export function describe({ change, users, allowed, hint }: Verdict): string {
  const { criticality, place, message } = change;
  const first = `${criticality}  ${place}  ${message}`;
  if (criticality === 'safe') return first;
  const verdict = allowed === null ? 'NOT ALLOWED' : `allowed: ${allowed}`;
  const lines = [
    ...usersLines(users),
    ...(hint === null ? [] : [hint]),
    verdict,
  ];
  return [first, ...lines.map((line) => `    ${line}`)].join('\n');
}

function usersLines(users: readonly Use[]): string[] {
  const isTest = ({ project }: Use) => project === 'api';
  const clients = users.filter((use) => !isTest(use));
  const lines = clients
    .slice(0, MAX_NAMED_USERS)
    .map(({ place, user }) => `used by ${place} ${user}`);
  const more = clients.length - MAX_NAMED_USERS;
  if (more > 0) lines.push(`and ${more} more of web/ and docs/`);
  if (clients.length === 0) lines.push('used by no document of web/ and docs/');
  const tests = users.filter(isTest).map(({ place }) => place);
  if (tests.length > 0)
    lines.push(
      `in tests of the API: ${tests.slice(0, MAX_NAMED_USERS).join(', ')}`,
    );
  return lines;
}

/** Tells how changes that are not allowed can be made, with an entry for the file of breaks. */
export function advice(refused: readonly Verdict[]): string {
  const reason = 'Why clients can bear it, in a sentence for the changelog.';
  const changes = refused.map(({ change }) => breakKey(change));
  const entry = stringify([{ reason, changes }], { lineWidth: 0 });
  return [
    'Keep what was released and deprecate it (see "Change the schema" in CONTRIBUTING.md). Where that is',
    `impossible, write the reason to ${BREAKS_FILE}:`,
    '',
    entry,
  ].join('\n');
}
