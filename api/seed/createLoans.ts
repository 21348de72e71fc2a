import type { ItemRow } from '../items/item.entity';
import type { MessageRow } from '../messages/message.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { ReportEntity } from '../reports/report.entity';
import type { UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';
import {
  createdAgo,
  DAY_HOURS,
  createNotification,
  type Lookup,
} from './pastRows';
import { ITEMS } from './items';
import { createLoan } from './createLoan';
import { LOANS } from './loans';

/** Creates loans in every status with their messages, and reports to the stewards. */
export function createLoans(
  em: EntityManager,
  neighborhood: Neighborhood,
  person: Lookup<UserRow>,
  itemBy: Lookup<ItemRow>,
): void {
  for (const loan of LOANS) {
    const item = itemBy(loan.item);
    const sides = {
      borrower: person(loan.borrower),
      owner: person(ownerOf(loan.item)),
    };
    const messages = createLoan(em, loan, item, neighborhood, sides);
    const insult = messages.at(-1);
    if (loan.status === 'DISPUTED' && insult)
      createReport(em, neighborhood, person, 60, {
        reporter: sides.owner,
        person: sides.borrower,
        message: insult,
        reason: 'This is not how we talk to each other here.',
      });
  }
  createReport(em, neighborhood, person, 30 * DAY_HOURS, {
    reporter: person('farah'),
    person: person('ben'),
    item: itemBy('Sleeping bag, to -5 °C'),
    reason: 'It smells of more than one trip.',
    resolution: 'Ben has washed it twice, and Ana has smelled it.',
  });
}

const ownerOf = (title: string): string =>
  ITEMS.find((item) => item.title === title)?.owner ?? '';

function createReport(
  em: EntityManager,
  neighborhood: Neighborhood,
  person: Lookup<UserRow>,
  hoursAgo: number,
  {
    resolution = null,
    ...about
  }: {
    reporter: UserRow;
    person: UserRow;
    item?: ItemRow;
    message?: MessageRow;
    reason: string;
    resolution?: string | null;
  },
): void {
  const { id, createdAt } = createdAgo(hoursAgo);
  const steward = person('ana');
  em.create(ReportEntity, {
    ...about,
    id,
    createdAt,
    neighborhood,
    status: resolution ? 'RESOLVED' : 'OPEN',
    resolution,
    resolvedBy: resolution ? steward : null,
    resolvedAt: resolution ? createdAgo(hoursAgo - DAY_HOURS).createdAt : null,
  });
  createNotification(em, hoursAgo, {
    kind: 'REPORT_RECEIVED',
    recipient: steward,
    actor: about.reporter,
    neighborhood,
    reportId: id,
  });
}
