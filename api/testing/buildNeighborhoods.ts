import type { App } from '../app';
import {
  type Neighborhood,
  NeighborhoodEntity,
} from '../neighborhoods/neighborhood.entity';
import {
  type MembershipRow,
  MembershipEntity,
} from '../neighborhoods/membership.entity';
import { UserEntity } from '../users/user.entity';
import { type Person, buildPerson } from './buildPeople';
import { testApp, type TestAppOptions } from './testApp';
import { searchWords } from '../database/searchWords';

/** Creates a neighborhood that is open to all, with its first steward. */
export async function buildNeighborhood(
  api: App,
  steward: Person,
  overrides: Partial<
    Pick<Neighborhood, 'name' | 'about' | 'timeZone' | 'joinPolicy'>
  > = {},
): Promise<Neighborhood> {
  const em = api.services.orm.em.fork();
  const { name = 'Maple Street', about = '' } = overrides;
  const neighborhood = em.create(NeighborhoodEntity, {
    name,
    about,
    searchWords: searchWords(name, about),
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

/** Starts a server with a neighborhood whose only member is its steward Ana. */
export async function buildMapleStreet(
  options: TestAppOptions = {},
  overrides: Partial<Neighborhood> = {},
) {
  const api = await testApp(options);
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana, overrides);
  return { api, ana, maple, neighborhoodId: maple.id };
}
