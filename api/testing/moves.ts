import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { moveToPostgres } from '../database/moveToPostgres';
import { createReport, type Report } from '../database/copy/report';
import type { Location } from '../database/orm';
import { spawnBuilt } from './builtServer';
import { emptyDatabase } from './databases';

/** Creates a report without output. */
export const silent = (): Report => createReport(() => undefined);

/** Makes an empty PostgreSQL to move a SQLite database to. */
export const targetOf = async ({ dataDir }: Location): Promise<Location> => ({
  ...(await emptyDatabase('postgres')),
  dataDir,
});

/** Moves a database within this process. @returns the lines that were reported */
export async function move(target: Location): Promise<string[]> {
  const lines: string[] = [];
  await moveToPostgres(
    target,
    createReport((line) => lines.push(line)),
  );
  return lines;
}

/** Interrupts a move where it reports a line. */
export async function interruptMove(
  target: Location,
  line: RegExp,
): Promise<void> {
  const report = createReport((text) => {
    if (line.test(text)) throw new Error('interrupted');
  });
  await expect(moveToPostgres(target, report)).rejects.toThrow('interrupted');
}

/**
 * Moves a database with the built command, in a process of its own.
 * @param onLine called with each line, with a function that kills the process at once
 */
export async function moveByCommand(
  { dataDir, databaseUrl }: Location,
  onLine: (line: string, kill: () => void) => void = () => undefined,
) {
  const command = spawnBuilt(path.join('database', 'moveToPostgres.js'), {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl ?? undefined,
  });
  const lines: string[] = [];
  createInterface({ input: command.stdout }).on('line', (line) => {
    lines.push(line);
    onLine(line, () => command.kill('SIGKILL'));
  });
  const [errors, [code]] = await Promise.all([
    text(command.stderr),
    once(command, 'close') as Promise<[number | null]>,
  ]);
  return { code, lines, errors };
}
