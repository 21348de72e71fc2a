import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import { notify } from '../notifications/notifications';
import { changeMembership } from './changeMembership';
import { MembershipEntity, type MembershipRow } from './membership.entity';

/** Tells whether there is no other active steward. Call it with the neighborhood locked. */
export async function isLastSteward(
  em: EntityManager,
  { role, status, neighborhood }: MembershipRow,
): Promise<boolean> {
  if (role !== 'STEWARD' || status !== 'ACTIVE') return false;
  const stewards = await em.count(MembershipEntity, {
    neighborhood: neighborhood.id,
    role: 'STEWARD',
    status: 'ACTIVE',
  });
  return stewards === 1;
}

/** Creates the error for the last steward, who must not leave. */
export const lastStewardError = () =>
  new UserErrors({
    code: 'NOT_ALLOWED',
    message: text('neighborhoods.lastSteward'),
    field: ['neighborhoodId'],
  });

/**
 * Makes another member a steward before the last one stops, if that one was made a steward by another
 * member: no one has to stay a steward whom others have made one. It is the member who made them a
 * steward, if still active, otherwise the one who is there longest. Call it with the neighborhood
 * locked.
 * @returns `OTHERS` where there is another steward now, `ALONE` where there is no other member
 * @throws UserErrors NOT_ALLOWED for a last steward who was not made one by another member
 */
export async function passOnStewardship(
  em: EntityManager,
  own: MembershipRow,
): Promise<'OTHERS' | 'ALONE'> {
  if (!(await isLastSteward(em, own))) return 'OTHERS';
  if (!own.appointedById) throw lastStewardError();
  const neighborhood = own.neighborhood.id;
  const others = await em.find(
    MembershipEntity,
    { neighborhood, status: 'ACTIVE', id: { $ne: own.id } },
    { orderBy: { id: 'asc' } },
  );
  const successor =
    others.find(({ user }) => user.id === own.appointedById) ?? others[0];
  if (!successor) return 'ALONE';
  await changeMembership(em, successor, {
    role: 'STEWARD',
    appointedById: own.user.id,
  });
  await notify(em, {
    kind: 'STEWARD_MADE',
    recipientId: successor.user.id,
    actorId: own.user.id,
    neighborhoodId: neighborhood,
  });
  return 'OTHERS';
}
