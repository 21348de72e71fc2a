import { addDays, dayIn, eachDay } from '../calendar';
import type { ItemRow } from '../items/item.entity';
import { BookedDayEntity } from '../loans/bookedDay.entity';
import { ExtensionEntity } from '../loans/extension.entity';
import { LoanEntity, type LoanRow } from '../loans/loan.entity';
import { isPromised } from '../loanStatus';
import { MessageEntity, type MessageRow } from '../messages/message.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import type { NotificationKind } from '../notifications/notification.entity';
import type { UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';
import { createdAgo, createNotification } from './pastRows';
import type { SeedLoan } from './seedLoan';

type Event = readonly [NotificationKind, 'borrower' | 'owner' | null, number];

/** Computes how many hours ago the item was handed over: on the evening of the first day, or just now. */
const handedOverHoursAgo = ({ start }: SeedLoan) =>
  Math.max(-24 * start - 3, 0.5);

/** Lists the events that led to the status of a loan: kind, actor and age in hours. */
function eventsOf(loan: SeedLoan): Event[] {
  const { status, asked, ended = 0, by = null } = loan;
  const requested: Event = ['LOAN_REQUESTED', 'borrower', asked];
  const approved: Event = ['LOAN_APPROVED', 'owner', asked - 1.5];
  const begun: Event[] = [
    requested,
    approved,
    ['LOAN_HANDED_OVER', 'owner', handedOverHoursAgo(loan)],
  ];
  const disputed: Event = ['LOAN_DISPUTED', 'owner', ended + 1];
  const events: Record<SeedLoan['status'], Event[]> = {
    REQUESTED: [requested],
    APPROVED: [requested, approved],
    DECLINED: [requested, ['LOAN_DECLINED', 'owner', ended]],
    CANCELLED: [requested, approved, ['LOAN_CANCELLED', by, ended]],
    EXPIRED: [requested, ['LOAN_EXPIRED', null, ended]],
    ON_LOAN: begun,
    RETURN_CLAIMED: [...begun, ['RETURN_CLAIMED', 'borrower', ended]],
    RETURNED: [...begun, ['LOAN_RETURNED', 'owner', ended]],
    DISPUTED: [...begun, disputed],
    DAMAGED: [...begun, disputed, ['LOAN_DAMAGED', 'owner', ended]],
    LOST: [...begun, disputed, ['LOAN_LOST', 'owner', ended]],
  };
  return events[status];
}

/** The two sides of a loan. */
type Parties = { borrower: UserRow; owner: UserRow };

/**
 * Creates a loan with its messages and notifications.
 * @returns the messages
 */
export function createLoan(
  em: EntityManager,
  seed: SeedLoan,
  item: ItemRow,
  neighborhood: Neighborhood,
  sides: Parties,
): MessageRow[] {
  const loan = createLoanRow(em, seed, item, neighborhood, sides);
  if (isPromised(loan.status))
    for (const day of eachDay(loan.startDate, loan.dueDate))
      em.create(BookedDayEntity, { item, day, loan });
  const about = { neighborhood, loanId: loan.id };
  for (const [kind, by, hoursAgo] of eventsOf(seed))
    for (const side of ['borrower', 'owner'] as const)
      if (side !== by)
        createNotification(em, hoursAgo, {
          ...about,
          kind,
          recipient: sides[side],
          actor: by && sides[by],
        });
  createExtension(em, seed, loan, about, sides);
  return (seed.messages ?? []).map(([by, hoursAgo, body]) => {
    const author = sides[by];
    const message = em.create(MessageEntity, {
      ...createdAgo(hoursAgo),
      loan,
      author,
      body,
    });
    createNotification(em, hoursAgo, {
      ...about,
      kind: 'MESSAGE_RECEIVED',
      recipient: sides[by === 'owner' ? 'borrower' : 'owner'],
      actor: author,
      messageId: message.id,
    });
    return message;
  });
}

function createLoanRow(
  em: EntityManager,
  seed: SeedLoan,
  item: ItemRow,
  neighborhood: Neighborhood,
  { borrower, owner }: Parties,
): LoanRow {
  const today = dayIn(neighborhood.timeZone, new Date());
  const events = eventsOf(seed);
  const moment = (kind: NotificationKind) => {
    const event = events.find(([happened]) => happened === kind);
    return event ? createdAgo(event[2]).createdAt : null;
  };
  const returnedAt = moment('LOAN_RETURNED') ?? moment('LOAN_DAMAGED');
  const extra = seed.extension?.status === 'APPROVED' ? seed.extension.days : 0;
  return em.create(LoanEntity, {
    ...createdAgo(seed.asked),
    item,
    neighborhood,
    borrower,
    owner,
    status: seed.status,
    startDate: addDays(today, seed.start),
    dueDate: addDays(today, seed.start + seed.days - 1 + extra),
    note: seed.note ?? '',
    reason: seed.reason ?? null,
    agreement: seed.agreement ?? null,
    approvedAt: moment('LOAN_APPROVED'),
    handedOverAt: moment('LOAN_HANDED_OVER'),
    returnedAt,
    returnedOn: returnedAt && dayIn(neighborhood.timeZone, returnedAt),
    version: events.length,
    updatedAt: createdAgo(events.at(-1)?.[2] ?? seed.asked).createdAt,
  });
}

function createExtension(
  em: EntityManager,
  { extension, start, days }: SeedLoan,
  loan: LoanRow,
  about: { neighborhood: Neighborhood; loanId: string },
  { borrower, owner }: Parties,
): void {
  if (!extension) return;
  const isOpen = extension.status === 'REQUESTED';
  // Requested on the last day but one; if still open, eight hours ago.
  const asked = isOpen ? 8 : Math.max(-24 * (start + days - 2), 12);
  const today = dayIn(about.neighborhood.timeZone, new Date());
  em.create(ExtensionEntity, {
    ...createdAgo(asked),
    loan,
    newDueDate: addDays(today, start + days - 1 + extension.days),
    note: extension.note,
    status: extension.status,
    answeredAt: isOpen ? null : createdAgo(asked - 2).createdAt,
  });
  createNotification(em, asked, {
    ...about,
    kind: 'EXTENSION_REQUESTED',
    recipient: owner,
    actor: borrower,
  });
  if (extension.status === 'APPROVED')
    createNotification(em, asked - 2, {
      ...about,
      kind: 'EXTENSION_APPROVED',
      recipient: borrower,
      actor: owner,
    });
}
