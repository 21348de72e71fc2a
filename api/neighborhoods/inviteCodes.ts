import { parse, stringify } from 'uuid';
import type { Purpose, Signatures } from '../signatures';

/** An id is 16 bytes, which are 22 characters in base64url; a signature is as long. */
const CODE = /^[\w-]{22}[\w-]{22}$/;

/**
 * The code in an invite link: the invite's id and our signature under it. So stewards can look a
 * link up again, and who reads the database still cannot make one.
 */
export const toInviteCode = (
  signatures: Signatures,
  inviteId: string,
): string => toCode(signatures, 'invite', inviteId);

/** The id of the invite that a code is for, or null if we did not make the code. */
export const fromInviteCode = (
  signatures: Signatures,
  code: string,
): string | null => fromCode(signatures, 'invite', code);

/** The code in the address of an invite's picture, with which nobody can join. */
export const toPreviewCode = (
  signatures: Signatures,
  inviteId: string,
): string => toCode(signatures, 'preview', inviteId);

/** The id of the invite that a picture is for, or null if we did not make the code. */
export const fromPreviewCode = (
  signatures: Signatures,
  code: string,
): string | null => fromCode(signatures, 'preview', code);

function toCode(signatures: Signatures, purpose: Purpose, id: string): string {
  const bytes = Buffer.from(parse(id)).toString('base64url');
  return bytes + signatures.sign(purpose, id);
}

function fromCode(
  signatures: Signatures,
  purpose: Purpose,
  code: string,
): string | null {
  if (!CODE.test(code)) return null;
  const id = uuidOf(Buffer.from(code.slice(0, 22), 'base64url'));
  return id && signatures.verify(purpose, id, code.slice(22)) ? id : null;
}

function uuidOf(bytes: Buffer): string | null {
  try {
    return stringify(bytes);
  } catch {
    // Sixteen bytes that are no UUID.
    return null;
  }
}
