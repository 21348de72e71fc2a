import { addDays } from '../calendar';
import {
  buildExtension,
  buildLoan,
  buildMessage,
  buildReport,
} from '../testing/buildLoans';
import { buildNotification } from '../testing/buildPeople';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { buildLendingStreet } from '../testing/loans';

const NOON = '2026-05-10T10:00:00.000Z';
const MORNING = '2026-05-10T06:00:00.000Z';

/** A lent drill with an extension, a message, a notification and a report, all written at noon. */
async function buildLent(database: (typeof DATABASES)[number]) {
  itIs(new Date(NOON));
  const street = await buildLendingStreet(database);
  const { api, ana, ben, drill } = street;
  const loan = await buildLoan(api, drill, ben, {
    status: 'ON_LOAN',
    handedOverAt: new Date(MORNING),
    returnedAt: new Date(NOON),
  });
  await buildExtension(api, loan, { note: 'One more wall.' });
  await buildMessage(api, loan, ben);
  await buildNotification(api, ana, { loanId: loan.id });
  await buildReport(api, street.street, ben, ana);
  return { ...street, loan };
}

describe.each(DATABASES)('moments and cursors (%s)', (database) => {
  it('a loan says when it was asked for, handed over, given back and changed', async () => {
    const { api, ana, loan, today } = await buildLent(database);

    const { data } = await api.as(ana).run<object, object>(
      `query ($id: ID!) { loan(id: $id) {
        today createdAt updatedAt handedOverAt returnedAt
        extension { note newDueDate createdAt }
      } }`,
      { id: loan.id },
    );

    expect(data).toEqual({
      loan: {
        today,
        createdAt: NOON,
        updatedAt: NOON,
        handedOverAt: MORNING,
        returnedAt: NOON,
        extension: {
          note: 'One more wall.',
          newDueDate: addDays(loan.dueDate, 2),
          createdAt: NOON,
        },
      },
    });
  });

  it('each list continues after the cursor of its last entry', async () => {
    const { api, ana, sam, loan, street } = await buildLent(database);
    const page = (node: string) =>
      `{ edges { cursor node { ${node} } } pageInfo { endCursor } }`;
    type Page = {
      edges: { cursor: string; node: object }[];
      pageInfo: { endCursor: string };
    };
    const ofAna = await api.as(ana).run<
      {
        loan: { messages: Page };
        myLoans: Page;
        myNotifications: Page;
        neighborhoods: Page;
      },
      object
    >(
      `query ($id: ID!) {
        loan(id: $id) { messages(first: 1) ${page('createdAt')} }
        myLoans(first: 1) ${page('id')}
        myNotifications(first: 1) ${page('createdAt withdrawn')}
        neighborhoods(first: 1) ${page('createdAt')}
      }`,
      { id: loan.id },
    );
    const ofSam = await api
      .as(sam)
      .run<{ neighborhood: { reports: Page; members: Page } }, object>(
        `query ($id: ID!) { neighborhood(id: $id) {
        reports(first: 1) ${page('createdAt')} members(first: 1) ${page('createdAt')}
      } }`,
        { id: street.id },
      );

    const { loan: seen, ...lists } = ofAna.data;
    const pages = [
      seen.messages,
      ...Object.values(lists),
      ...Object.values(ofSam.data.neighborhood),
    ];
    expect(pages).toHaveLength(6);
    for (const { edges, pageInfo } of pages)
      expect(edges.map(({ cursor }) => cursor)).toEqual([pageInfo.endCursor]);
    expect(pages.flatMap(({ edges }) => edges.map(({ node }) => node))).toEqual(
      [
        { createdAt: NOON },
        { id: loan.id },
        { createdAt: NOON, withdrawn: false },
        { createdAt: NOON },
        { createdAt: NOON },
        { createdAt: NOON },
      ],
    );
  });
});
