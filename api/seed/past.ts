import type { ItemRow } from '../items/item.entity';
import type { MessageRow } from '../messages/message.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { ReportEntity } from '../reports/report.entity';
import type { UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';
import { born, DAY, tell, type Named } from './history';
import { ITEMS } from './items';
import { lend } from './lending';
import { LOANS } from './loans';

/** Loans in every state, what was written about them, and what was reported to the stewards. */
export function livePast(
  em: EntityManager,
  neighborhood: Neighborhood,
  person: Named<UserRow>,
  thing: Named<ItemRow>,
): void {
  for (const loan of LOANS) {
    const item = thing(loan.item);
    const sides = {
      borrower: person(loan.borrower),
      owner: person(ownerOf(loan.item)),
    };
    const messages = lend(em, loan, item, neighborhood, sides);
    const insult = messages.at(-1);
    if (loan.status === 'DISPUTED' && insult)
      report(em, neighborhood, person, 60, {
        reporter: sides.owner,
        person: sides.borrower,
        message: insult,
        reason: 'This is not how we talk to each other here.',
      });
  }
  report(em, neighborhood, person, 30 * DAY, {
    reporter: person('farah'),
    person: person('ben'),
    item: thing('Sleeping bag, to -5 °C'),
    reason: 'It smells of more than one trip.',
    resolution: 'Ben has washed it twice, and Ana has smelled it.',
  });
}

const ownerOf = (title: string): string =>
  ITEMS.find((item) => item.title === title)?.owner ?? '';

function report(
  em: EntityManager,
  neighborhood: Neighborhood,
  person: Named<UserRow>,
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
  const { id, createdAt } = born(hoursAgo);
  const steward = person('ana');
  em.create(ReportEntity, {
    ...about,
    id,
    createdAt,
    neighborhood,
    status: resolution ? 'RESOLVED' : 'OPEN',
    resolution,
    resolvedBy: resolution ? steward : null,
    resolvedAt: resolution ? born(hoursAgo - DAY).createdAt : null,
  });
  tell(em, hoursAgo, {
    kind: 'REPORT_RECEIVED',
    recipient: steward,
    actor: about.reporter,
    neighborhood,
    reportId: id,
  });
}
