import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import { notBlocked } from '../blocks/blocks.reads';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { ItemEntity } from '../items/item.entity';
import { MessageEntity } from '../messages/message.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { lockNeighborhood } from '../neighborhoods/neighborhoods';
import { activeIn } from '../neighborhoods/neighborhoods.reads';
import { notify } from '../notifications/notifications';
import { UserEntity } from '../users/user.entity';
import { ReportEntity } from './report.entity';
import { REVIEWABLE } from './reports.reads';

/** How many open reports one may have: stewards are people too. */
const MAX_OPEN_REPORTS = 20;

/** What is told to the stewards of which neighborhood, about whom. */
type Subject = {
  neighborhoodId: string;
  personId: string;
  itemId: string | null;
  messageId: string | null;
};

/**
 * Tells the stewards about an item that one can see.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; INVALID for one's own; CONFLICT for what one has reported already; LIMIT
 */
export async function reportItem(
  em: EntityManager,
  reporterId: string,
  { itemId, reason }: { itemId: string; reason: string },
): Promise<string> {
  const subject = await findSubject(
    em,
    `select i.id as "itemId", i.owner_id as "personId", i.neighborhood_id as "neighborhoodId"
    from items i where i.id = ? and ${activeIn('i.neighborhood_id')} and ${notBlocked('i.owner_id')}`,
    [itemId],
    [reporterId, reporterId, reporterId],
    { field: 'itemId', message: 'There is no item with this id' },
  );
  return createReport(em, reporterId, subject, reason, 'itemId');
}

/**
 * Tells the stewards of a neighborhood about somebody who belongs to it too. Whom one has blocked
 * oneself can still be reported.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; INVALID for oneself; CONFLICT for whom one has reported already; LIMIT
 */
export async function reportPerson(
  em: EntityManager,
  reporterId: string,
  {
    userId,
    neighborhoodId,
    reason,
  }: { userId: string; neighborhoodId: string; reason: string },
): Promise<string> {
  const subject = await findSubject(
    em,
    `select m.user_id as "personId", m.neighborhood_id as "neighborhoodId" from memberships m
    where m.user_id = ? and m.neighborhood_id = ? and m.status in ('ACTIVE', 'SUSPENDED')
    and ${activeIn('m.neighborhood_id')}
    and m.user_id not in (select blocker_id from blocks where blocked_id = ?)`,
    [userId, neighborhoodId],
    [reporterId, reporterId],
    { field: 'userId', message: 'You know nobody with this id there' },
  );
  return createReport(em, reporterId, subject, reason, 'userId');
}

/**
 * Tells the stewards about a message that somebody wrote to the reporter, also where the loan is
 * over, or the two have blocked each other since.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; CONFLICT for what one has reported already; LIMIT
 */
export async function reportMessage(
  em: EntityManager,
  reporterId: string,
  { messageId, reason }: { messageId: string; reason: string },
): Promise<string> {
  const subject = await findSubject(
    em,
    `select m.id as "messageId", m.author_id as "personId", l.neighborhood_id as "neighborhoodId"
    from messages m join loans l on l.id = m.loan_id
    join memberships mine on mine.neighborhood_id = l.neighborhood_id
      and mine.user_id in (l.borrower_id, l.owner_id) and mine.user_id <> m.author_id
      and mine.status in ('ACTIVE', 'SUSPENDED')
    where m.id = ? and mine.user_id = ?`,
    [messageId],
    [reporterId],
    { field: 'messageId', message: 'Nobody wrote you a message with this id' },
  );
  return createReport(em, reporterId, subject, reason, 'messageId');
}

/**
 * Says how a report was dealt with, which its reporter is told. Nobody judges what is said about
 * themselves, unless there is no other steward.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; CONFLICT where somebody was faster
 */
export async function resolveReport(
  em: EntityManager,
  stewardId: string,
  { id, resolution }: { id: string; resolution: string },
): Promise<string> {
  if (!isUuid(id)) throw notFound('id', 'You have no report with this id');
  return inTransaction(em, async (em) => {
    const [found] = await em.execute<
      Pick<ReportFacts, 'id' | 'reporterId' | 'neighborhoodId'>[]
    >(
      `select r.id, r.reporter_id as "reporterId", r.neighborhood_id as "neighborhoodId"
      from reports r where r.id = ? and ${REVIEWABLE}`,
      [id.toLowerCase(), stewardId],
    );
    if (!found) throw notFound('id', 'You have no report with this id');
    const resolved = await em.nativeUpdate(
      ReportEntity,
      { id: found.id, status: 'OPEN' },
      {
        status: 'RESOLVED',
        resolution,
        resolvedBy: stewardId,
        resolvedAt: new Date(),
      },
    );
    if (!resolved)
      throw new UserErrors({
        code: 'CONFLICT',
        message: 'Somebody has dealt with this already',
        field: null,
      });
    notify(em, {
      kind: 'REPORT_RESOLVED',
      recipientId: found.reporterId,
      actorId: stewardId,
      reportId: found.id,
      neighborhoodId: found.neighborhoodId,
    });
    return found.id;
  });
}

type ReportFacts = { id: string; reporterId: string; neighborhoodId: string };

/** @throws UserErrors NOT_FOUND, also where an id is none */
async function findSubject(
  em: EntityManager,
  sql: string,
  ids: string[],
  viewer: string[],
  { field, message }: { field: string; message: string },
): Promise<Subject> {
  if (!ids.every((id) => isUuid(id))) throw notFound(field, message);
  const [found] = await em.execute<
    (Pick<Subject, 'neighborhoodId' | 'personId'> & Partial<Subject>)[]
  >(sql, [...ids.map((id) => id.toLowerCase()), ...viewer]);
  if (!found) throw notFound(field, message);
  return { itemId: null, messageId: null, ...found };
}

/** Writes a report down, and tells the stewards, but not the one whom it is about. */
function createReport(
  em: EntityManager,
  reporterId: string,
  { neighborhoodId, personId, itemId, messageId }: Subject,
  reason: string,
  field: string,
): Promise<string> {
  if (personId === reporterId)
    throw new UserErrors({
      code: 'INVALID',
      message: 'This is about yourself',
      field: [field],
    });
  return inTransaction(em, async (em) => {
    // Of two reports of the same at once, the second one finds the first.
    await lockNeighborhood(em, neighborhoodId);
    const own = { reporter: reporterId, status: 'OPEN' } as const;
    const same = { neighborhood: neighborhoodId, person: personId };
    if (
      await em.count(ReportEntity, {
        ...own,
        ...same,
        item: itemId,
        message: messageId,
      })
    )
      throw new UserErrors({
        code: 'CONFLICT',
        message: 'You have reported this already; the stewards will look at it',
        field: [field],
      });
    if ((await em.count(ReportEntity, own)) >= MAX_OPEN_REPORTS)
      throw new UserErrors({
        code: 'LIMIT',
        message: `The stewards look at ${MAX_OPEN_REPORTS} reports of yours first`,
        field: null,
      });
    const id = uuidv7();
    em.create(ReportEntity, {
      id,
      neighborhood: neighborhoodId,
      reporter: em.getReference(UserEntity, reporterId),
      person: em.getReference(UserEntity, personId),
      item: itemId ? em.getReference(ItemEntity, itemId) : null,
      message: messageId ? em.getReference(MessageEntity, messageId) : null,
      reason,
      status: 'OPEN',
    });
    const stewards = await em.find(MembershipEntity, {
      neighborhood: neighborhoodId,
      role: 'STEWARD',
      status: 'ACTIVE',
      user: { $ne: personId },
    });
    for (const { user } of stewards)
      notify(em, {
        kind: 'REPORT_RECEIVED',
        recipientId: user.id,
        actorId: reporterId,
        reportId: id,
        neighborhoodId,
      });
    return id;
  });
}

const notFound = (field: string, message: string) =>
  new UserErrors({ code: 'NOT_FOUND', message, field: [field] });
