import { domainToASCII } from 'node:url';
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import type { Language } from '../generated/types';

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
    /** Unique form of the username: see `usernameKey()`. */
    usernameKey: p.string().unique(),
    name: p.string(),
    about: p.text(),
    /** Id of their photo; no relation, as photos are downstream of users. */
    photoId: p.uuid().nullable(),
    /** For the other side of an approved loan; empty where not given. */
    address: p.text().default(''),
    /** Likewise. */
    phone: p.string().default(''),
    /** The verified address, as typed. */
    email: p.string().nullable(),
    /** Unique form of the address: see `emailKey()`. */
    emailKey: p.string().nullable().unique(),
    /** An address to be verified by the link sent to it. Several accounts may wait for the same one. */
    unverifiedEmail: p.string().nullable(),
    remindersByEmail: p.boolean().default(true),
    /** When mail servers refused the verified address for good; no more mails are sent to it. */
    emailRefusedAt: p.datetime(3).nullable(),
    /** Whether nothing leaves the app at night. */
    quietNights: p.boolean().default(true),
    /** Whether pushes and mails may contain texts of messages. */
    messagePreviews: p.boolean().default(false),
    /** Language of texts for them; null where they have not chosen one. */
    language: p.string().$type<Language>().nullable(),
    passwordHash: p.string().hidden(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** Time at which the account was deleted. The row stays for the records of others, without personal data. */
    deletedAt: p.datetime(3).nullable(),
  },
});

/** A row of `users`. */
export type UserRow = InferEntity<typeof UserEntity>;

/** Values of the row of a deleted account; its username is free again. */
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
  emailRefusedAt: null,
  language: null,
  passwordHash: '',
} as const satisfies Partial<UserRow>;

/** Tells whether the account was deleted: only then is the username empty. */
export const isDeletedUser = ({
  username,
}: Pick<UserRow, 'username'>): boolean => username === DELETED_USER.username;

/** The public columns of a user: the `User` of schema.graphql. */
export type User = Pick<
  UserRow,
  'id' | 'username' | 'name' | 'about' | 'photoId' | 'createdAt'
>;

/**
 * Returns the key by which usernames are compared: compatibility forms (NFKC) and case do not
 * count. Upper-casing first folds pairs that lower-casing alone keeps apart, as `ß` and `ss`.
 */
export const usernameKey = (username: string): string =>
  username.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/**
 * Returns the key by which e-mail addresses are compared: case does not count, nor whether the
 * domain is written in its own script or as `xn--` (IDNA).
 * @param email as the schema's `@constraint` left it
 * @returns null where no such domain can exist
 */
export function emailKey(email: string): string | null {
  const at = email.lastIndexOf('@');
  const domain = domainToASCII(email.slice(at + 1));
  return domain ? `${email.slice(0, at).toLowerCase()}@${domain}` : null;
}
