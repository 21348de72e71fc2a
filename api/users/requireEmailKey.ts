import { UserErrors } from '../errors';
import { text } from '../language/text';
import { emailKey } from './user.entity';

/**
 * Returns the key of an e-mail address that a user has entered.
 * @param email as the schema's `@constraint` left it
 * @throws UserErrors INVALID for the field `email` where no such domain can exist
 */
export function requireEmailKey(email: string): string {
  const key = emailKey(email);
  if (key !== null) return key;
  throw new UserErrors({
    code: 'INVALID',
    message: text('users.invalidEmail'),
    field: ['email'],
  });
}
