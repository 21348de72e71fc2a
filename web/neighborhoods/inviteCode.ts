import { cleanPlain } from '../generated/texts';

/**
 * Extracts the code from a pasted or opened invite: a whole link, also without its beginning or with
 * words around it, or only its last part. Punctuation after the code is ignored.
 * @returns null if there is none
 */
export function parseInviteCode(text: string): string | null {
  const clean = cleanPlain(text);
  const inLink = /\/invite\/([\w-]+)/.exec(clean)?.[1];
  return inLink ?? /^([\w-]+)[^\p{L}\p{N}/]*$/u.exec(clean)?.[1] ?? null;
}
