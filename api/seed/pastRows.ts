import { v7 as uuidv7 } from 'uuid';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import {
  NotificationEntity,
  type NotificationKind,
} from '../notifications/notification.entity';
import type { UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';

const HOUR_MS = 3_600_000;

/** In hours, as everything of the seed is told. */
export const DAY_HOURS = 24;

/** Everything older is read, in hours. */
const READ_AFTER_HOURS = 24;

/** The id and the moment of what happened so many hours ago: lists go by the id. */
export function createdAgo(hoursAgo: number): { id: string; createdAt: Date } {
  const msecs = Math.round(Date.now() - hoursAgo * HOUR_MS);
  return { id: uuidv7({ msecs }), createdAt: new Date(msecs) };
}

/** Tells somebody of what happened; they have read it where it is long ago. */
export function createNotification(
  em: EntityManager,
  hoursAgo: number,
  {
    recipient,
    actor,
    neighborhood,
    ...what
  }: {
    kind: NotificationKind;
    recipient: UserRow;
    actor: UserRow | null;
    neighborhood: Neighborhood;
    loanId?: string;
    messageId?: string;
    reportId?: string;
  },
): void {
  const { id, createdAt } = createdAgo(hoursAgo);
  em.create(NotificationEntity, {
    ...what,
    id,
    createdAt,
    recipient,
    actorId: actor?.id ?? null,
    neighborhoodId: neighborhood.id,
    readAt:
      hoursAgo > READ_AFTER_HOURS
        ? new Date(createdAt.getTime() + HOUR_MS / 2)
        : null,
  });
}

/** People, or things, by the names that the seed's data have for them. */
export type Lookup<Row> = (name: string) => Row;

/** Looks rows up by their names; throws where the seed's data name what is not there. */
export function lookup<Row>(rows: Map<string, Row>): Lookup<Row> {
  return (name) => {
    const row = rows.get(name);
    if (!row) throw new Error(`The seed has no ${name}`);
    return row;
  };
}
