import { cleanCode, cleanPlain } from '../generated/texts';

/**
 * Extracts the code from a pasted or opened invite: a whole link, also without its beginning or with
 * words around it, or only its last part. Punctuation around the code is ignored.
 * @returns null if there is none
 */
export function parseInviteCode(text: string): string | null {
  const inLink = /\/invite\/([\w-]+)/.exec(cleanPlain(text))?.[1];
  return inLink ?? /^[\w-]+$/.exec(cleanCode(text))?.[0] ?? null;
}
