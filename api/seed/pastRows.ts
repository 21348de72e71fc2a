import { v7 as uuidv7 } from 'uuid';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import {
  NotificationEntity,
  type NotificationKind,
} from '../notifications/notification.entity';
import type { UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';

const HOUR_MS = 3_600_000;

/** A day in hours, the unit of time in the seed. */
export const DAY_HOURS = 24;

/** Age in hours from which notifications are marked as read. */
const READ_AFTER_HOURS = 24;

/** Creates the id and time of a row created `hoursAgo`. Lists are sorted by the id. */
export function createdAgo(hoursAgo: number): { id: string; createdAt: Date } {
  const msecs = Math.round(Date.now() - hoursAgo * HOUR_MS);
  return { id: uuidv7({ msecs }), createdAt: new Date(msecs) };
}

/** Creates a notification; an old one is marked as read. */
export function createNotification(
  em: EntityManager,
  hoursAgo: number,
  {
    recipient,
    actor,
    neighborhood,
    ...event
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
    ...event,
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

/** Finds a row by its name in the seed data. */
export type Lookup<Row> = (name: string) => Row;

/**
 * Creates a lookup of rows by their names.
 * @throws Error, from the lookup, for an unknown name
 */
export function lookup<Row>(rows: Map<string, Row>): Lookup<Row> {
  return (name) => {
    const row = rows.get(name);
    if (!row) throw new Error(`The seed has no ${name}`);
    return row;
  };
}
