import { InviteEntity } from '../neighborhoods/invite.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import {
  NeighborhoodEntity,
  type Neighborhood,
} from '../neighborhoods/neighborhood.entity';
import { UserEntity, usernameKey, type UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';
import { createPhoto, type Album } from './album';
import {
  createdAgo,
  DAY_HOURS,
  lookup,
  createNotification,
  type Lookup,
} from './pastRows';
import { PEOPLE, type SeedNeighborhood } from './people';
import { searchWords } from '../database/searchWords';

/** Creates the accounts of all people, with their pictures. */
export function createUsers(
  em: EntityManager,
  passwordHash: string,
  { faces }: Album,
): Lookup<UserRow> {
  const people = PEOPLE.map((person, index) => {
    const user = em.create(UserEntity, {
      ...person,
      ...createdAgo((200 - 6 * index) * DAY_HOURS),
      usernameKey: usernameKey(person.username),
      passwordHash,
    });
    const face = faces.get(person.username);
    if (face)
      user.photoId = createPhoto(
        em,
        user,
        face,
        (200 - 6 * index) * DAY_HOURS - 1,
      ).id;
    return user;
  });
  return lookup(new Map(people.map((user) => [user.username, user])));
}

/** Creates a neighborhood with its stewards, members, pending members and an invite. */
export function createNeighborhood(
  em: EntityManager,
  { stewards, members, pending, ...text }: SeedNeighborhood,
  person: Lookup<UserRow>,
): Neighborhood {
  const neighborhood = em.create(NeighborhoodEntity, {
    ...text,
    searchWords: searchWords(text.name, text.about),
    ...createdAgo(199 * DAY_HOURS),
  });
  for (const username of [...stewards, ...members, ...pending]) {
    const user = person(username);
    const isPending = pending.includes(username);
    // Members joined a day after sign-up; pending ones asked today.
    const signedUpHoursAgo =
      (Date.now() - user.createdAt.getTime()) / 3_600_000;
    const hoursAgo = isPending ? 16 : signedUpHoursAgo - DAY_HOURS;
    const { id, createdAt } = createdAgo(hoursAgo);
    em.create(MembershipEntity, {
      id,
      createdAt,
      updatedAt: createdAt,
      user,
      neighborhood,
      role: stewards.includes(username) ? 'STEWARD' : 'MEMBER',
      status: isPending ? 'PENDING' : 'ACTIVE',
      note: isPending ? 'I moved in above the bakery last month.' : '',
      joinedAt: isPending ? null : createdAt,
    });
    if (isPending)
      for (const steward of stewards)
        createNotification(em, hoursAgo, {
          kind: 'MEMBERSHIP_REQUESTED',
          recipient: person(steward),
          actor: user,
          neighborhood,
        });
  }
  em.create(InviteEntity, {
    ...createdAgo(3 * DAY_HOURS),
    neighborhood,
    createdBy: person(stewards[0] ?? ''),
    expiresAt: createdAgo(-27 * DAY_HOURS).createdAt,
    maxUses: 10,
    uses: 1,
  });
  return neighborhood;
}
