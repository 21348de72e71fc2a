import type { App } from '../app';
import { type ItemRow, ItemEntity } from '../items/item.entity';
import { type LoanRow, LoanEntity } from '../loans/loan.entity';
import {
  NeighborhoodEntity,
  type Neighborhood,
} from '../neighborhoods/neighborhood.entity';
import { dayIn, addDays } from '../calendar';
import { UserEntity } from '../users/user.entity';
import { HELD_LOAN_STATUSES } from '../loanStatus';
import { bookDays } from '../loans/bookedDays';
import { type ExtensionRow, ExtensionEntity } from '../loans/extension.entity';
import { type MessageRow, MessageEntity } from '../messages/message.entity';
import { type ReportRow, ReportEntity } from '../reports/report.entity';
import type { Person } from './buildPeople';

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
      | 'approvedAt'
      | 'handedOverAt'
      | 'returnedAt'
      | 'returnedOn'
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
    approvedAt: overrides.status === 'APPROVED' ? new Date() : null,
    updatedAt: new Date(),
    ...overrides,
  });
  await em.flush();
  if (['APPROVED', ...HELD_LOAN_STATUSES].includes(loan.status))
    await bookDays(
      em,
      { id: loan.id, itemId: item.id },
      startDate,
      loan.dueDate,
    );
  return loan;
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

/** Creates a message of one side of a loan. */
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

/** Creates an open report about a person, and about their item or message if given. */
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
