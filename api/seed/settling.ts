import { InviteEntity } from '../neighborhoods/invite.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import {
  NeighborhoodEntity,
  type Neighborhood,
} from '../neighborhoods/neighborhood.entity';
import { UserEntity, usernameKey, type UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';
import { keep, type Album } from './album';
import { born, DAY, named, tell, type Named } from './history';
import { PEOPLE, type SeedNeighborhood } from './people';

/** Creates the accounts of all people, with their pictures. */
export function signUp(
  em: EntityManager,
  passwordHash: string,
  { faces }: Album,
): Named<UserRow> {
  const people = PEOPLE.map((person, index) => {
    const user = em.create(UserEntity, {
      ...person,
      ...born((200 - 6 * index) * DAY),
      usernameKey: usernameKey(person.username),
      passwordHash,
    });
    const face = faces.get(person.username);
    if (face)
      user.photoId = keep(em, user, face, (200 - 6 * index) * DAY - 1).id;
    return user;
  });
  return named(new Map(people.map((user) => [user.username, user])));
}

/** Starts a neighborhood with all of its people, somebody who waits, and an invite. */
export function settle(
  em: EntityManager,
  { stewards, members, pending, ...text }: SeedNeighborhood,
  person: Named<UserRow>,
): Neighborhood {
  const neighborhood = em.create(NeighborhoodEntity, {
    ...text,
    ...born(199 * DAY),
  });
  for (const username of [...stewards, ...members, ...pending]) {
    const user = person(username);
    const isPending = pending.includes(username);
    // A day after they came, and the last one today.
    const came = (Date.now() - user.createdAt.getTime()) / 3_600_000;
    const hoursAgo = isPending ? 16 : came - DAY;
    const { id, createdAt } = born(hoursAgo);
    em.create(MembershipEntity, {
      id,
      createdAt,
      updatedAt: createdAt,
      user,
      neighborhood,
      role: stewards.includes(username) ? 'STEWARD' : 'MEMBER',
      status: isPending ? 'PENDING' : 'ACTIVE',
    });
    if (isPending)
      for (const steward of stewards)
        tell(em, hoursAgo, {
          kind: 'MEMBERSHIP_REQUESTED',
          recipient: person(steward),
          actor: user,
          neighborhood,
        });
  }
  em.create(InviteEntity, {
    ...born(3 * DAY),
    neighborhood,
    createdBy: person(stewards[0] ?? ''),
    expiresAt: born(-27 * DAY).createdAt,
    maxUses: 10,
    uses: 1,
  });
  return neighborhood;
}
