import { dictionary } from '@zxcvbn-ts/language-common';
import { UserErrors } from '../errors';

/** bcrypt reads no further and would let a longer password in by its beginning. */
export const MAX_PASSWORD_BYTES = 72;

const MIN_PASSWORD_CHARACTERS = 8;

const COMMON_PASSWORDS = new Set(dictionary['passwords-common']);

/** The same password typed on another keyboard may arrive in another Unicode form. */
export const normalizePassword = (password: string): string =>
  password.normalize('NFC');

/**
 * What is wrong with a new password, beyond what `@constraint` says in schema.graphql.
 * @returns a sentence for people, or null where it will do
 */
export function passwordProblem(
  password: string,
  username: string,
): string | null {
  const normal = normalizePassword(password);
  // The schema's rule counted what was typed; accents that were typed on their own have joined their letters since.
  if ([...normal].length < MIN_PASSWORD_CHARACTERS)
    return `Use at least ${MIN_PASSWORD_CHARACTERS} characters`;
  if (Buffer.byteLength(normal) > MAX_PASSWORD_BYTES)
    return `Use a shorter password: it may have at most ${MAX_PASSWORD_BYTES} bytes`;
  if (normal.toLowerCase() === username.normalize('NFC').toLowerCase())
    return 'Use something other than your username';
  if (COMMON_PASSWORDS.has(normal.toLowerCase()))
    return 'This is one of the passwords that everyone uses';
  return null;
}

/**
 * Refuses a new password that will not do.
 * @param field what the input calls the password
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
