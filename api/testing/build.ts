import { v7 as uuidv7 } from 'uuid';
import { MessageEntity, type MessageRow } from '../messages/message.entity';
import {
  NotificationEntity,
  type NotificationRow,
} from '../notifications/notification.entity';
import {
  emailKey,
  UserEntity,
  usernameKey,
  type UserRow,
} from '../users/user.entity';
import { addDays, dayIn } from '../calendar';
import { bookDays } from '../loans/bookedDays';
import { ExtensionEntity, type ExtensionRow } from '../loans/extension.entity';
import { LoanEntity, type LoanRow } from '../loans/loan.entity';
import { HELD_LOAN_STATUSES } from '../loans/loanStatus';
import { ItemEntity, type ItemRow } from '../items/item.entity';
import { ItemPhotoEntity } from '../items/itemPhoto.entity';
import {
  PhotoEntity,
  PhotoFileEntity,
  type PhotoRow,
} from '../photos/photo.entity';
import {
  MembershipEntity,
  type MembershipRow,
} from '../neighborhoods/membership.entity';
import {
  NeighborhoodEntity,
  type Neighborhood,
} from '../neighborhoods/neighborhood.entity';
import { BlockEntity } from '../blocks/block.entity';
import { SessionEntity, type SessionRow } from '../sessions/session.entity';
import { ReportEntity, type ReportRow } from '../reports/report.entity';
import { RecipeEntity, type RecipeRow } from '../recipes/recipe.entity';
import type { App } from '../app';

/** Password of every person that tests build. */
export const PASSWORD = 'a quiet street at night';
const PASSWORD_HASH =
  '$2b$04$7gfBkOXSbi7mdqel8aMCaO6BgbmcG1mvWSAslBm6.vD.1bB6jwYOm';

/** Person of a test: the row, and the token of a session. */
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

/** Creates a neighborhood that is open to all, with its first steward. */
export async function buildNeighborhood(
  api: App,
  steward: Person,
  overrides: Partial<
    Pick<Neighborhood, 'name' | 'about' | 'timeZone' | 'joinPolicy'>
  > = {},
): Promise<Neighborhood> {
  const em = api.services.orm.em.fork();
  const neighborhood = em.create(NeighborhoodEntity, {
    name: 'Maple Street',
    about: '',
    timeZone: 'Europe/Berlin',
    joinPolicy: 'OPEN',
    ...overrides,
  });
  await em.flush();
  await buildMembership(api, neighborhood, steward, { role: 'STEWARD' });
  return neighborhood;
}

/** Creates a membership, an active one by default. */
export async function buildMembership(
  { services }: App,
  neighborhood: Neighborhood,
  { user }: Person,
  overrides: Partial<Pick<MembershipRow, 'role' | 'status'>> = {},
): Promise<MembershipRow> {
  const em = services.orm.em.fork();
  const membership = em.create(MembershipEntity, {
    user: em.getReference(UserEntity, user.id),
    neighborhood: em.getReference(NeighborhoodEntity, neighborhood.id),
    role: 'MEMBER',
    status: 'ACTIVE',
    updatedAt: new Date(),
    ...overrides,
  });
  await em.flush();
  return membership;
}

/** Creates a person who is an active member of a neighborhood. */
export async function buildNeighbor(
  api: App,
  neighborhood: Neighborhood,
  username: string,
  overrides: Partial<Pick<MembershipRow, 'role' | 'status'>> = {},
): Promise<Person> {
  const person = await buildPerson(api, username);
  await buildMembership(api, neighborhood, person, overrides);
  return person;
}

/** Creates an item that can be borrowed for a week at most. */
export async function buildItem(
  { services }: App,
  neighborhood: Neighborhood,
  { user }: Person,
  overrides: Partial<
    Pick<
      ItemRow,
      | 'title'
      | 'description'
      | 'category'
      | 'maxLoanDays'
      | 'bufferDays'
      | 'pickupNote'
      | 'status'
      | 'retiredReason'
    >
  > = {},
): Promise<ItemRow> {
  const em = services.orm.em.fork();
  const item = em.create(ItemEntity, {
    owner: em.getReference(UserEntity, user.id),
    neighborhood: em.getReference(NeighborhoodEntity, neighborhood.id),
    title: 'Drill',
    description: 'With a case of bits.',
    category: 'TOOLS',
    maxLoanDays: 7,
    bufferDays: 0,
    pickupNote: 'Ring twice.',
    status: 'ACTIVE',
    updatedAt: new Date(),
    ...overrides,
  });
  await em.flush();
  return item;
}

/**
 * Creates a loan, by default requested for today and the next two days, with booked days where its
 * status has any.
 */
export async function buildLoan(
  { services }: App,
  item: ItemRow,
  borrower: Person,
  overrides: Partial<
    Pick<
      LoanRow,
      | 'startDate'
      | 'dueDate'
      | 'status'
      | 'note'
      | 'reason'
      | 'handedOverAt'
      | 'returnedAt'
      | 'createdAt'
      | 'updatedAt'
    >
  > = {},
): Promise<LoanRow> {
  const em = services.orm.em.fork();
  const { timeZone } = await em.findOneOrFail(
    NeighborhoodEntity,
    item.neighborhood.id,
  );
  const startDate = overrides.startDate ?? dayIn(timeZone, new Date());
  const loan = em.create(LoanEntity, {
    item: em.getReference(ItemEntity, item.id),
    neighborhood: em.getReference(NeighborhoodEntity, item.neighborhood.id),
    borrower: em.getReference(UserEntity, borrower.user.id),
    owner: em.getReference(UserEntity, item.owner.id),
    startDate,
    dueDate: addDays(startDate, 2),
    status: 'REQUESTED',
    note: '',
    updatedAt: new Date(),
    ...overrides,
  });
  await em.flush();
  if (['APPROVED', ...HELD_LOAN_STATUSES].includes(loan.status))
    await bookDays(
      em,
      { id: loan.id, itemId: item.id },
      startDate,
      addDays(loan.dueDate, item.bufferDays),
    );
  return loan;
}

/** Creates an uploaded picture that nothing uses. */
export async function buildPhoto(
  { services }: App,
  { user }: Person,
): Promise<PhotoRow> {
  const em = services.orm.em.fork();
  const photo = em.create(PhotoEntity, {
    uploader: em.getReference(UserEntity, user.id),
    width: 1600,
    height: 1200,
  });
  for (const size of ['SMALL', 'LARGE'] as const)
    em.create(PhotoFileEntity, { photo, size, bytes: Buffer.from(size) });
  await em.flush();
  return photo;
}

/** Adds a picture to an item. */
export async function buildItemPhoto(
  { services }: App,
  item: ItemRow,
  photo: PhotoRow,
  position = 0,
): Promise<void> {
  const em = services.orm.em.fork();
  await em.insert(ItemPhotoEntity, {
    item: item.id,
    photo: photo.id,
    position,
  });
}

/** Creates a request to keep an item for two more days. */
export async function buildExtension(
  { services }: App,
  { id, dueDate }: LoanRow,
  overrides: Partial<Pick<ExtensionRow, 'newDueDate' | 'note' | 'status'>> = {},
): Promise<ExtensionRow> {
  const em = services.orm.em.fork();
  const extension = em.create(ExtensionEntity, {
    loan: em.getReference(LoanEntity, id),
    newDueDate: addDays(dueDate, 2),
    note: '',
    status: 'REQUESTED',
    ...overrides,
  });
  await em.flush();
  return extension;
}

/** Creates a recipe. */
export async function buildRecipe(
  { services }: App,
  neighborhood: Neighborhood,
  { user }: Person,
  overrides: Partial<
    Pick<RecipeRow, 'title' | 'instructions' | 'minutesToComplete' | 'tools'>
  > = {},
): Promise<RecipeRow> {
  const em = services.orm.em.fork();
  const now = new Date();
  const recipe = em.create(RecipeEntity, {
    author: em.getReference(UserEntity, user.id),
    neighborhood: em.getReference(NeighborhoodEntity, neighborhood.id),
    title: 'Plum cake',
    instructions: 'Bake it.',
    minutesToComplete: 60,
    createdAt: now,
    updatedAt: now,
    ...overrides,
  });
  await em.flush();
  return recipe;
}

/** Puts into the database that one person has blocked another. */
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

/** Puts a message of one side of a loan into the database. */
export async function buildMessage(
  { services }: App,
  loan: LoanRow,
  author: Person,
  body = 'Hello!',
): Promise<MessageRow> {
  const em = services.orm.em.fork();
  const message = em.create(MessageEntity, {
    loan: em.getReference(LoanEntity, loan.id),
    author: em.getReference(UserEntity, author.user.id),
    body,
  });
  await em.flush();
  return message;
}

/** Puts a report into the database that one person made about another, or about something of theirs. */
export async function buildReport(
  { services }: App,
  neighborhood: Neighborhood,
  reporter: Person,
  person: Person,
  { item, message }: { item?: ItemRow; message?: MessageRow } = {},
): Promise<ReportRow> {
  const em = services.orm.em.fork();
  const report = em.create(ReportEntity, {
    neighborhood: em.getReference(NeighborhoodEntity, neighborhood.id),
    reporter: em.getReference(UserEntity, reporter.user.id),
    person: em.getReference(UserEntity, person.user.id),
    item: item ? em.getReference(ItemEntity, item.id) : null,
    message: message ? em.getReference(MessageEntity, message.id) : null,
    reason: 'Not nice.',
    status: 'OPEN',
  });
  await em.flush();
  return report;
}
