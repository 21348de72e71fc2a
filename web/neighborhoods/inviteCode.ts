/**
 * The code in what somebody was sent, if there can be one: a whole invite link, also
 * without its beginning or with words around it, or only its last part.
 */
export function parseInviteCode(text: string): string | null {
  const inLink = /\/invite\/([\w-]+)/.exec(text)?.[1];
  if (inLink != null) return inLink;
  const alone = text.trim();
  return /^[\w-]+$/.test(alone) ? alone : null;
}
