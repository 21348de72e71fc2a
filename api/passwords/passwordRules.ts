import { dictionary } from '@zxcvbn-ts/language-common';
import { UserErrors } from '../errors';
import { text, type Text } from '../language/text';

/** Longest password: bcrypt ignores further bytes, so a longer one would match by its prefix. */
export const MAX_PASSWORD_BYTES = 72;

/** Longest text that is normalized: a longer one cannot come down to 72 bytes. */
const MAX_NORMALIZED_BYTES = 1024;

const MIN_PASSWORD_CHARACTERS = 8;

const COMMON_PASSWORDS = new Set(dictionary['passwords-common']);

/**
 * Normalizes a password: another keyboard may produce another Unicode form of it. A text that is far
 * too long stays as it is, as normalizing takes quadratic time.
 */
export const normalizePassword = (password: string): string =>
  Buffer.byteLength(password) > MAX_NORMALIZED_BYTES
    ? password
    : password.normalize('NFC');

/**
 * Checks a new password for what `@constraint` in schema.graphql does not cover.
 * @returns the error; null where the password is acceptable
 */
export function passwordProblem(
  password: string,
  username: string,
): Text | null {
  const normal = normalizePassword(password);
  // The schema counted characters before the normalization, which combines accents with their letters.
  if ([...normal].length < MIN_PASSWORD_CHARACTERS)
    return text('validation.charactersAtLeast', {
      count: MIN_PASSWORD_CHARACTERS,
    });
  if (Buffer.byteLength(normal) > MAX_PASSWORD_BYTES)
    return text('passwords.tooManyBytes', { count: MAX_PASSWORD_BYTES });
  if (normal.toLowerCase() === username.normalize('NFC').toLowerCase())
    return text('passwords.isUsername');
  if (COMMON_PASSWORDS.has(normal.toLowerCase()))
    return text('passwords.tooCommon');
  return null;
}

/**
 * Refuses an unacceptable new password.
 * @param field name of the password in the input
 * @throws UserErrors WEAK
 */
export function assertGoodPassword(
  password: string,
  username: string,
  field: string,
): void {
  const message = passwordProblem(password, username);
  if (message) throw new UserErrors({ code: 'WEAK', message, field: [field] });
}
