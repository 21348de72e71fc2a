import { domainToASCII } from 'node:url';
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';

/** A person with an account. */
export const UserEntity = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    /** As typed at sign-up, in NFKC. */
    username: p.string(),
    /** What must be unique: see `usernameKey()`. */
    usernameKey: p.string().unique(),
    name: p.string(),
    about: p.text(),
    /** A picture of them, by id alone: pictures stand further down the house. */
    photoId: p.uuid().nullable(),
    /** For the other side of an approved loan; empty where it was not given. */
    address: p.text().default(''),
    /** Likewise. */
    phone: p.string().default(''),
    /** The address that they have verified, as they wrote it. */
    email: p.string().nullable(),
    /** What must be unique of it: see `emailKey()`. */
    emailKey: p.string().nullable().unique(),
    /** An address that waits for the link in the mail sent to it. Many may wait for the same. */
    unverifiedEmail: p.string().nullable(),
    remindersByEmail: p.boolean().default(true),
    passwordHash: p.string().hidden(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** When they deleted their account. The row stays for what others keep, and says nothing of them. */
    deletedAt: p.datetime(3).nullable(),
  },
});

/** A row of `users`. */
export type UserRow = InferEntity<typeof UserEntity>;

/** What the row of somebody says who has deleted their account; their username is free again. */
export const DELETED_USER = {
  username: '',
  name: 'A former neighbor',
  about: '',
  photoId: null,
  address: '',
  phone: '',
  email: null,
  emailKey: null,
  unverifiedEmail: null,
  remindersByEmail: false,
  passwordHash: '',
} as const satisfies Partial<UserRow>;

/** Has this person deleted their account? Everybody else has a username. */
export const isDeletedUser = ({
  username,
}: Pick<UserRow, 'username'>): boolean => username === DELETED_USER.username;

/** What may leave the server about a person: the `User` of schema.graphql. */
export type User = Pick<
  UserRow,
  'id' | 'username' | 'name' | 'about' | 'photoId' | 'createdAt'
>;

/**
 * Two usernames are the same if their keys are: compatibility forms (NFKC) and case do not
 * count. Upper-casing first folds what lower-casing alone keeps apart, as `ß` and `ss`.
 */
export const usernameKey = (username: string): string =>
  username.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/**
 * May it be a username as it is kept, in NFKC? The schema's `@constraint` looks at what was typed,
 * and compatibility forms can turn into other characters and many more of them. Marks belong to a
 * letter, two at most, and what cannot be seen belongs nowhere.
 */
export const isUsername = (username: string): boolean =>
  /^(?!\p{M})(?!.*\p{M}{3})[\p{L}\p{M}\p{Nd}_.-]{3,30}$/u.test(username) &&
  !/\p{Default_Ignorable_Code_Point}/u.test(username);

/**
 * Two e-mail addresses are the same if their keys are: case does not count, nor whether the domain
 * is written in its own script or as `xn--` (IDNA).
 * @param email as the schema's `@constraint` left it
 * @returns null where there can be no such domain
 */
export function emailKey(email: string): string | null {
  const at = email.lastIndexOf('@');
  const domain = domainToASCII(email.slice(at + 1));
  return domain ? `${email.slice(0, at).toLowerCase()}@${domain}` : null;
}
