import { parseProblem } from '../generated/texts';
import type { MessageId } from './texts';
import { t } from './texts';

/** Returns the sentence for a rule that a value of a form breaks, as the generated validators name it. */
export function problemText(message: string): string {
  const { id, values } = parseProblem(message);
  // The validators and their messages are generated from the same list.
  return t(id as MessageId, values as never);
}
