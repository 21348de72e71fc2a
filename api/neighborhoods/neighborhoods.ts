import { LockMode } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import { isTimeZone } from '../calendar';
import { searchWords } from '../database/searchWords';
import { inTransaction } from '../database/transaction';
import type { EntityManager } from '../database/orm';
import { Unauthenticated, UserErrors } from '../errors';
import { text } from '../language/text';
import { UserEntity } from '../users/user.entity';
import { MembershipEntity } from './membership.entity';
import {
  NeighborhoodEntity,
  type JoinPolicy,
  type NeighborhoodRow,
} from './neighborhood.entity';

/** Maximum number of neighborhoods of a user. */
const MAX_MEMBERSHIPS = 20;

/** Fields of a neighborhood that its stewards edit. */
export type NeighborhoodText = {
  name: string;
  about?: string | null;
  timeZone: string;
  joinPolicy: JoinPolicy;
  membersMayInvite?: boolean | null;
};

/**
 * Creates a neighborhood with its first steward.
 * @returns the neighborhood's id
 * @param text as the schema's `@constraint`s left it
 * @throws UserErrors INVALID for a time zone that does not exist, LIMIT
 */
export async function createNeighborhood(
  em: EntityManager,
  userId: string,
  text: NeighborhoodText,
): Promise<string> {
  assertTimeZone(text.timeZone);
  return inTransaction(em, async (em) => {
    await assertMembershipLimit(em, userId);
    const about = text.about ?? '';
    const neighborhood = em.create(NeighborhoodEntity, {
      ...text,
      about,
      membersMayInvite: text.membersMayInvite ?? true,
      searchWords: searchWords(text.name, about),
    });
    em.create(MembershipEntity, {
      user: em.getReference(UserEntity, userId),
      neighborhood,
      role: 'STEWARD',
      status: 'ACTIVE',
      joinedAt: new Date(),
      updatedAt: new Date(),
    });
    await em.flush();
    return neighborhood.id;
  });
}

/**
 * Changes a neighborhood of a steward. Missing fields and nulls stay as they are.
 * @returns the neighborhood's id
 * @throws UserErrors NOT_FOUND; INVALID for a time zone that does not exist
 */
export function updateNeighborhood(
  em: EntityManager,
  userId: string,
  {
    id,
    ...text
  }: { id: string } & {
    [Key in keyof NeighborhoodText]?: NeighborhoodText[Key] | null;
  },
): Promise<string> {
  if (text.timeZone) assertTimeZone(text.timeZone);
  return inTransaction(em, async (em) => {
    const neighborhood = await lockStewardedNeighborhood(em, userId, id);
    neighborhood.name = text.name ?? neighborhood.name;
    neighborhood.about = text.about ?? neighborhood.about;
    neighborhood.searchWords = searchWords(
      neighborhood.name,
      neighborhood.about,
    );
    neighborhood.timeZone = text.timeZone ?? neighborhood.timeZone;
    neighborhood.joinPolicy = text.joinPolicy ?? neighborhood.joinPolicy;
    neighborhood.membersMayInvite =
      text.membersMayInvite ?? neighborhood.membersMayInvite;
    await em.flush();
    return neighborhood.id;
  });
}

/**
 * Reads a neighborhood of which the user is an active steward, and locks it until the transaction ends.
 * @throws UserErrors NOT_FOUND, also where the user is not a steward of it
 */
async function lockStewardedNeighborhood(
  em: EntityManager,
  userId: string,
  id: string,
  field = ['neighborhoodId'],
): Promise<NeighborhoodRow> {
  const neighborhood = isUuid(id)
    ? await lockNeighborhood(em, id.toLowerCase())
    : null;
  const own = { user: userId, status: 'ACTIVE', role: 'STEWARD' } as const;
  if (
    !neighborhood ||
    !(await em.count(MembershipEntity, { neighborhood, ...own }))
  )
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: text('neighborhoods.notSteward'),
      field,
    });
  return neighborhood;
}

/**
 * Reads a neighborhood of which the user is an active member, and keeps them a member until the
 * transaction ends.
 * @throws UserErrors NOT_FOUND, also where the user does not belong to it; NOT_ALLOWED where they are
 * suspended there
 */
export async function lockOwnNeighborhood(
  em: EntityManager,
  userId: string,
  id: string,
  field = ['neighborhoodId'],
): Promise<NeighborhoodRow> {
  // A shared lock: members cannot leave meanwhile, but others may add items too.
  const neighborhood = isUuid(id)
    ? await em.findOne(
        NeighborhoodEntity,
        { id: id.toLowerCase() },
        { lockMode: LockMode.PESSIMISTIC_READ },
      )
    : null;
  const membership =
    neighborhood &&
    // Locked, so that what one member adds at once is counted one after the other.
    (await em.findOne(
      MembershipEntity,
      {
        neighborhood,
        user: userId,
        status: { $in: ['ACTIVE', 'SUSPENDED'] },
      },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    ));
  if (!membership)
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: text('neighborhoods.notMember'),
      field,
    });
  if (membership.status === 'SUSPENDED')
    throw new UserErrors({
      code: 'NOT_ALLOWED',
      message: text('neighborhoods.suspended'),
      field,
    });
  return neighborhood;
}

/**
 * Locks the memberships of a neighborhood against changes by others until the transaction ends, so that
 * two stewards who step down at once do not both see the other as remaining.
 */
export async function lockNeighborhood(
  em: EntityManager,
  id: string,
): Promise<NeighborhoodRow | null> {
  return em.findOne(
    NeighborhoodEntity,
    { id },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
}

/**
 * Asserts that a user may join one more neighborhood, until the transaction ends.
 * @param messageOf makes the message out of the maximum; by default for the user themselves
 * @throws UserErrors LIMIT; Unauthenticated where the user no longer exists
 */
export async function assertMembershipLimit(
  em: EntityManager,
  userId: string,
  messageOf = (count: number) =>
    text('neighborhoods.membershipsAtMost', { count }),
): Promise<void> {
  // Serializes joins of one user, so that the second one counts the first.
  const user = await em.findOne(
    UserEntity,
    { id: userId, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!user) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
  const memberships = await em.count(MembershipEntity, {
    user: userId,
    status: { $in: ['PENDING', 'ACTIVE', 'SUSPENDED'] },
  });
  if (memberships >= MAX_MEMBERSHIPS)
    throw new UserErrors({
      code: 'LIMIT',
      message: messageOf(MAX_MEMBERSHIPS),
      field: null,
    });
}

function assertTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone))
    throw new UserErrors({
      code: 'INVALID',
      message: text('neighborhoods.timeZone'),
      field: ['timeZone'],
    });
}
