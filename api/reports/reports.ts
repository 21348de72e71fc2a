import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text, type Text } from '../language/text';
import { ItemEntity } from '../items/item.entity';
import { MessageEntity } from '../messages/message.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { lockNeighborhood } from '../neighborhoods/neighborhoods';
import { notify } from '../notifications/notifications';
import { UserEntity } from '../users/user.entity';
import { ReportEntity } from './report.entity';
import {
  readReportableItem,
  readReportableMessage,
  readReportablePerson,
  readReviewableReport,
  type ReportSubject,
} from './reports.reads';

/** Maximum number of open reports by a user, to protect the stewards. */
const MAX_OPEN_REPORTS = 20;

/**
 * Reports an item that the reporter can see to the stewards.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; INVALID for an own item; CONFLICT where it is already reported; LIMIT
 */
export async function reportItem(
  em: EntityManager,
  reporterId: string,
  { itemId, reason }: { itemId: string; reason: string },
): Promise<string> {
  const subject = isUuid(itemId)
    ? await readReportableItem(readsOf(em), reporterId, itemId)
    : null;
  if (!subject) throw notFound('itemId', text('reports.itemNotFound'));
  return createReport(em, reporterId, subject, reason, 'itemId');
}

/**
 * Reports a fellow member to the stewards of a neighborhood. A member whom the reporter has blocked can
 * still be reported.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; INVALID for the reporter themselves; CONFLICT where the member is
 * already reported; LIMIT
 */
export async function reportUser(
  em: EntityManager,
  reporterId: string,
  {
    userId,
    neighborhoodId,
    reason,
  }: { userId: string; neighborhoodId: string; reason: string },
): Promise<string> {
  const subject =
    isUuid(userId) && isUuid(neighborhoodId)
      ? await readReportablePerson(
          readsOf(em),
          reporterId,
          userId,
          neighborhoodId,
        )
      : null;
  if (!subject) throw notFound('userId', text('reports.memberNotFound'));
  return createReport(em, reporterId, subject, reason, 'userId');
}

/**
 * Reports a message that was sent to the reporter, also where the loan is closed or the two users have
 * blocked each other since.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; CONFLICT where it is already reported; LIMIT
 */
export async function reportMessage(
  em: EntityManager,
  reporterId: string,
  { messageId, reason }: { messageId: string; reason: string },
): Promise<string> {
  const subject = isUuid(messageId)
    ? await readReportableMessage(readsOf(em), reporterId, messageId)
    : null;
  if (!subject) throw notFound('messageId', text('reports.messageNotFound'));
  return createReport(em, reporterId, subject, reason, 'messageId');
}

/**
 * Resolves a report and notifies its reporter. A report about a steward is for the other stewards,
 * unless there is none.
 * @returns the report's id
 * @throws UserErrors NOT_FOUND; CONFLICT where it was resolved meanwhile
 */
export async function resolveReport(
  em: EntityManager,
  stewardId: string,
  { id, resolution }: { id: string; resolution: string },
): Promise<string> {
  if (!isUuid(id)) throw notFound('reportId', text('reports.notFound'));
  return inTransaction(em, async (em) => {
    const found = await readReviewableReport(readsOf(em), stewardId, id);
    if (!found) throw notFound('reportId', text('reports.notFound'));
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
        message: text('reports.alreadyResolved'),
        field: null,
      });
    await notify(em, {
      kind: 'REPORT_RESOLVED',
      recipientId: found.reporterId,
      actorId: stewardId,
      reportId: found.id,
      neighborhoodId: found.neighborhoodId,
    });
    return found.id;
  });
}

/** Stores a report and notifies the stewards, except a steward who is its subject. */
function createReport(
  em: EntityManager,
  reporterId: string,
  { neighborhoodId, personId, itemId, messageId }: ReportSubject,
  reason: string,
  field: string,
): Promise<string> {
  if (personId === reporterId)
    throw new UserErrors({
      code: 'INVALID',
      message: text('reports.self'),
      field: [field],
    });
  return inTransaction(em, async (em) => {
    // Serializes reports, so that the second of two equal ones finds the first.
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
        message: text('reports.already'),
        field: [field],
      });
    if ((await em.count(ReportEntity, own)) >= MAX_OPEN_REPORTS)
      throw new UserErrors({
        code: 'LIMIT',
        message: text('reports.openAtMost', { count: MAX_OPEN_REPORTS }),
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
      await notify(em, {
        kind: 'REPORT_RECEIVED',
        recipientId: user.id,
        actorId: reporterId,
        reportId: id,
        neighborhoodId,
      });
    return id;
  });
}

const notFound = (field: string, message: Text) =>
  new UserErrors({ code: 'NOT_FOUND', message, field: [field] });
