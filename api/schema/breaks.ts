import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PROJECT_ROOT } from '../config';
import type { Change } from './changes';

/** File of the intended breaks since the last release, at the root of the project. */
export const BREAKS_FILE = 'schema.breaks.yml';

const breaks = z
  .array(
    z.strictObject({
      reason: z.string().trim().min(1),
      changes: z.array(z.string()).min(1),
    }),
  )
  .nullable();

/** Changes that are intended, by their key, with the reason. */
export type Breaks = ReadonlyMap<string, string>;

/** Key of a change in the file of breaks. */
export const breakKey = ({
  criticality,
  message,
}: Pick<Change, 'criticality' | 'message'>): string =>
  `${criticality}: ${message}`;

/** Reads the file of breaks; none where there is no file. @throws Error where it has another form */
export function readBreaks(root = PROJECT_ROOT): Breaks {
  const file = path.join(root, BREAKS_FILE);
  return parseBreaks(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

/** Parses the file of breaks. @throws Error where it has another form */
function parseBreaks(text: string): Breaks {
  const { data, error } = breaks.safeParse(parse(text));
  if (error)
    throw new Error(
      `${BREAKS_FILE} must be a list of entries with a \`reason\` and \`changes\`:\n${z.prettifyError(error)}`,
    );
  return new Map(
    (data ?? []).flatMap(({ reason, changes }) =>
      changes.map((change): [string, string] => [change, reason.trim()]),
    ),
  );
}
