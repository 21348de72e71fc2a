import { ConfigurationError } from '../../config';
import { explainStartupError } from '../startupError';
import { CopyRefused } from './query';

/** Exit status of a command that was refused before it changed anything. */
const REFUSED = 2;

/** How a command ends: beginnings of sentences, and what to do after a failure. */
type Endings = { refused: string; failed: string; afterFailure?: string };

/**
 * Runs a command of the terminal with its arguments. A failure ends it with a sentence and status 1, a
 * refusal with status 2.
 * @param work receives the arguments and a function that writes a line
 */
export function runCommand(
  { refused, failed, afterFailure }: Endings,
  work: (
    args: readonly string[],
    write: (line: string) => void,
  ) => Promise<void>,
): void {
  work(process.argv.slice(2), (line) =>
    process.stdout.write(`${line}\n`),
  ).catch((error: unknown) => {
    const isRefused =
      error instanceof CopyRefused || error instanceof ConfigurationError;
    const sentence = `${isRefused ? refused : failed}: ${explainStartupError(error) ?? messageOf(error)}`;
    const advice = isRefused || !afterFailure ? '' : `. ${afterFailure}`;
    process.stderr.write(`${sentence}${advice}\n`);
    process.exitCode = isRefused ? REFUSED : 1;
  });
}

/** Node reports an unreachable host of several addresses with an empty message. */
function messageOf(error: unknown): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & {
    errors?: Error[];
  };
  if (message) return message;
  return errors?.[0]?.message ?? String(code);
}
