import { createHash, randomBytes } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { InvalidCredentials, UserErrors } from '../errors';
import { text } from '../language/text';
import type { Requester } from '../limits/fairQueue';
import type { Throttle } from '../limits/throttle';
import type { Language } from '../language/language';
import {
  emailKey,
  UserEntity,
  usernameKey,
  type UserRow,
} from '../users/user.entity';
import { requireEmailKey } from '../users/requireEmailKey';
import type { Blocklist } from '../sessions/blocklist';
import type { SessionActivity } from '../sessions/sessionActivity';
import { assertGoodPassword } from '../passwords/passwordRules';
import type { Passwords } from '../passwords/passwords';
import {
  isActive,
  SessionEntity,
  type SessionRow,
} from '../sessions/session.entity';
import type { AccessToken, Tokens } from './tokens';

/** Services that these verbs need. */
export type AuthDependencies = {
  em: EntityManager;
  tokens: Tokens;
  passwords: Passwords;
  blocklist: Blocklist;
  sessionActivity: SessionActivity;
  throttle: Throttle;
  sessionDays: number;
};

/** Origin of a request. */
export type Client = {
  /** The `User-Agent` header. */
  userAgent: string;
  /** Network of the address, as `networkKey` returns it. */
  network: string;
  /** Language that the client asks for; null if none. */
  language: Language | null;
};

/** A new session: the token for the API, and the secret for the browser's cookie. */
export type Login = AccessToken & {
  userId: string;
  secret: string;
  sessionEnd: Date;
};

const MAX_USER_AGENT_LENGTH = 255;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Creates an account and logs in to it. An e-mail address is stored as one to be verified, whether or not
 * another account has it; the caller sends the link.
 * @param input as the schema's `@constraint`s left it
 * @throws UserErrors when the password is weak, the domain of the address cannot exist, or the username is
 * taken, also by a concurrent sign-up; TooManyRequests; ServiceUnavailable
 */
export async function signUp(
  tools: AuthDependencies,
  input: {
    username: string;
    password: string;
    name: string;
    about?: string | null;
    email?: string | null;
  },
  client: Client,
): Promise<Login> {
  const username = input.username.normalize('NFKC');
  const unverifiedEmail = input.email ?? null;
  assertGoodPassword(input.password, username, 'password');
  if (unverifiedEmail !== null) requireEmailKey(unverifiedEmail);
  await tools.throttle.countSignUp(client.network);
  const key = usernameKey(username);
  // Checked before the expensive hashing; the unique index decides.
  if (await tools.em.count(UserEntity, { usernameKey: key }))
    throw usernameTaken();
  const user = tools.em.create(UserEntity, {
    username,
    usernameKey: key,
    name: input.name,
    about: input.about ?? '',
    unverifiedEmail,
    language: client.language,
    passwordHash: await tools.passwords.hash(input.password, {
      person: key,
      network: client.network,
    }),
  });
  try {
    return await openSession(tools, user, client);
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      throw usernameTaken();
    throw error;
  }
}

const usernameTaken = () =>
  new UserErrors({
    code: 'TAKEN',
    message: text('auth.usernameTaken'),
    field: ['username'],
  });

/**
 * Checks the password and opens a session. An unknown username or e-mail address, or one that is not
 * verified, takes the same work, counts the same and gets the same answer as a wrong password.
 * @param credentials `username` may be the verified e-mail address
 * @throws InvalidCredentials
 * @throws TooManyRequests when there were too many wrong ones before
 * @throws ServiceUnavailable when too many others are logging in
 */
export async function login(
  tools: AuthDependencies,
  { username, password }: { username: string; password: string },
  client: Client,
): Promise<Login> {
  const account = accountKey(username);
  const name = 'emailKey' in account ? account.emailKey : account.usernameKey;
  const { network } = client;
  const requester = { person: name, network };
  const user = await tools.throttle.guardLogin({ name, network }, () =>
    findByPassword(tools, account, password, requester),
  );
  if (!user) throw new InvalidCredentials();
  const { id, passwordHash } = user;
  const current = tools.passwords.isOutdated(passwordHash)
    ? await tools.passwords
        .hash(password, requester)
        // The password is right: a full queue is no reason to refuse the login.
        .catch(() => passwordHash)
    : passwordHash;
  return inTransaction(tools.em, async (em) => {
    // The password may have been changed during the comparison: then this one opens no session.
    const isUnchanged = await em.nativeUpdate(
      UserEntity,
      { id, passwordHash },
      { passwordHash: current },
    );
    if (!isUnchanged) throw new InvalidCredentials();
    const owner = em.getReference(UserEntity, id);
    return openSession({ ...tools, em }, owner, client);
  });
}

/** Unique key of an account: its username, or its verified e-mail address. */
type AccountKey = { usernameKey: string } | { emailKey: string };

/**
 * Returns the key of the account that a login names. Wrong passwords are counted by it, so for a username and
 * an e-mail address separately: a shared count would tell which address belongs to which username.
 */
function accountKey(typed: string): AccountKey {
  // No username contains it.
  const text = typed.normalize('NFKC');
  const email = text.includes('@') && emailKey(text);
  return email ? { emailKey: email } : { usernameKey: usernameKey(typed) };
}

async function findByPassword(
  { em, passwords }: AuthDependencies,
  account: AccountKey,
  password: string,
  requester: Requester,
): Promise<UserRow | null> {
  // PostgreSQL does not accept a NUL in a parameter.
  const user = requester.person.includes('\0')
    ? null
    : await em.findOne(UserEntity, { ...account, deletedAt: null });
  const hash = user?.passwordHash ?? null;
  const matches = await passwords.matches(password, hash, requester);
  return matches ? user : null;
}

/** Stores the session, and a new user with it, in one transaction. */
async function openSession(
  tools: AuthDependencies,
  user: UserRow,
  { userAgent }: Client,
): Promise<Login> {
  const secret = randomBytes(32).toString('base64url');
  const session = tools.em.create(SessionEntity, {
    user,
    secretHash: hashSecret(secret),
    userAgent: userAgent.slice(0, MAX_USER_AGENT_LENGTH),
    expiresAt: new Date(Date.now() + tools.sessionDays * DAY_MS),
  });
  await tools.em.flush();
  const token = tools.tokens.sign({
    userId: user.id,
    sessionId: session.id,
    sessionEnd: session.expiresAt,
  });
  return { ...token, userId: user.id, secret, sessionEnd: session.expiresAt };
}

/**
 * Signs a new token for the session of the browser's cookie.
 * @returns null where the session does not exist or has ended
 */
export async function renewSession(
  tools: AuthDependencies,
  secret: string | null,
): Promise<(AccessToken & { userId: string }) | null> {
  const session = secret && (await findBySecret(tools.em, secret));
  if (!session || !isActive(session, new Date())) return null;
  tools.sessionActivity.touch(session.id);
  const userId = session.user.id;
  const token = tools.tokens.sign({
    userId,
    sessionId: session.id,
    sessionEnd: session.expiresAt,
  });
  return { ...token, userId };
}

/**
 * Revokes the sessions of the request's token, which may have expired, and of its cookie.
 * @returns true if there was one, revoked now or before
 */
export async function logout(
  tools: AuthDependencies,
  credentials: { sessionId: string | null; secret: string | null },
): Promise<boolean> {
  const byCookie = credentials.secret
    ? await findBySecret(tools.em, credentials.secret)
    : null;
  const ids = [credentials.sessionId, byCookie?.id].filter((id) => id != null);
  await tools.em.nativeUpdate(
    SessionEntity,
    { id: { $in: ids }, revokedAt: null },
    { revokedAt: new Date() },
  );
  for (const id of ids) tools.blocklist.add(id);
  return ids.length > 0;
}

const findBySecret = (
  em: EntityManager,
  secret: string,
): Promise<SessionRow | null> =>
  em.findOne(SessionEntity, { secretHash: hashSecret(secret) });

/** Hashes a secret: it is random and long, so one round without salt is enough. */
const hashSecret = (secret: string) =>
  createHash('sha256').update(secret).digest('base64url');
