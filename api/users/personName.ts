import { text, type Text } from '../language/text';
import { DELETED_USER } from './user.entity';

/** Returns the name of a person for a text, which names those with a deleted account in its language. */
export const personName = (name: string): string | Text =>
  name === DELETED_USER.name ? text('users.formerNeighbor') : name;
