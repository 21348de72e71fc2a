import {
  type UserRow,
  UserEntity,
  usernameKey,
  emailKey,
} from '../users/user.entity';
import type { App } from '../app';
import { type SessionRow, SessionEntity } from '../sessions/session.entity';
import { v7 as uuidv7 } from 'uuid';
import { BlockEntity } from '../blocks/block.entity';
import {
  type NotificationRow,
  NotificationEntity,
} from '../notifications/notification.entity';

/** Password of all users that tests build. */
export const PASSWORD = 'a quiet street at night';

const PASSWORD_HASH =
  '$2b$04$7gfBkOXSbi7mdqel8aMCaO6BgbmcG1mvWSAslBm6.vD.1bB6jwYOm';

/** User of a test: the row, and an access token of a session. */
export type Person = { user: UserRow; sessionId: string; accessToken: string };

/** Creates a person with a session. */
export async function buildPerson(
  { services }: App,
  username: string,
  overrides: Partial<
    Pick<
      UserRow,
      | 'name'
      | 'about'
      | 'passwordHash'
      | 'email'
      | 'unverifiedEmail'
      | 'remindersByEmail'
    >
  > = {},
): Promise<Person> {
  const em = services.orm.em.fork();
  const user = em.create(UserEntity, {
    username,
    usernameKey: usernameKey(username),
    name: username,
    about: '',
    passwordHash: PASSWORD_HASH,
    emailKey: overrides.email ? emailKey(overrides.email) : null,
    ...overrides,
  });
  await em.flush();
  return buildSession({ services }, { user });
}

/** Creates another session of a person. @returns the person with a token of that session */
export async function buildSession(
  { services }: Pick<App, 'services'>,
  { user }: Pick<Person, 'user'>,
  overrides: Partial<Omit<SessionRow, 'id' | 'user' | 'secretHash'>> = {},
): Promise<Person> {
  const em = services.orm.em.fork();
  const id = uuidv7();
  const { expiresAt } = em.create(SessionEntity, {
    id,
    user: em.getReference(UserEntity, user.id),
    secretHash: `secret of ${id}`,
    userAgent: 'test',
    expiresAt: new Date(Date.now() + 30 * 24 * 60 * 60 * 1000),
    ...overrides,
  });
  await em.flush();
  const { accessToken } = services.tokens.sign({
    userId: user.id,
    sessionId: id,
    sessionEnd: expiresAt,
  });
  return { user, sessionId: id, accessToken };
}

/** Creates a block. */
export async function buildBlock(
  { services }: App,
  blocker: Person,
  blocked: Person,
): Promise<void> {
  const em = services.orm.em.fork();
  em.create(BlockEntity, {
    blocker: em.getReference(UserEntity, blocker.user.id),
    blocked: em.getReference(UserEntity, blocked.user.id),
  });
  await em.flush();
}

/** Creates a notification as of now. */
export async function buildNotification(
  { services }: App,
  recipient: Person,
  overrides: Partial<Omit<NotificationRow, 'id' | 'recipient'>> = {},
): Promise<NotificationRow> {
  const em = services.orm.em.fork();
  const notification = em.create(NotificationEntity, {
    recipient: em.getReference(UserEntity, recipient.user.id),
    kind: 'STEWARD_MADE',
    ...overrides,
  });
  await em.flush();
  return notification;
}
