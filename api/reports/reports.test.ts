import { buildBlock, buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan, buildMessage, buildReport } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import {
  Reports,
  REASON,
  reportItem,
  reportUser,
  reportMessage,
  resolveReport,
  reportsOf,
  newsOf,
  buildStreet,
} from '../testing/reports';

const NOBODY = '01900000-0000-7000-8000-000000000000';

const errors = (code: string, field: string) => [{ code, field: [field] }];

describe.each(DATABASES)('reports (%s)', (database) => {
  it('a report about an item goes to the stewards, and the reporter is notified when it is resolved', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await buildStreet(api);

    const made = await reportItem(api, ben, drill.id.toUpperCase());

    const report = {
      reason: REASON,
      status: 'OPEN',
      resolution: null,
      reporter: { name: 'ben' },
      reportedUser: { name: 'ana' },
      item: { title: 'Drill' },
      message: null,
      loan: null,
      resolvedBy: null,
    };
    expect(made).toMatchObject({ report, errors: [] });
    const id = made?.report?.id ?? '';
    expect(await newsOf(api, steward)).toEqual([
      { kind: 'REPORT_RECEIVED', report: { id, resolution: null } },
    ]);
    expect(
      await reportsOf(api, steward, { id: neighborhood.id }),
    ).toMatchObject([{ id, ...report }]);

    const resolved = await resolveReport(api, steward, id);

    expect(resolved).toMatchObject({
      report: {
        id,
        status: 'RESOLVED',
        resolution: 'Talked to them.',
        resolvedBy: { name: 'steward' },
      },
      errors: [],
    });
    expect(await newsOf(api, ben)).toEqual([
      {
        kind: 'REPORT_RESOLVED',
        report: { id, resolution: 'Talked to them.' },
      },
    ]);
    expect(await newsOf(api, ana)).toEqual([]);
    expect(await reportsOf(api, steward, { id: neighborhood.id })).toEqual([]);
    expect(
      await reportsOf(api, steward, {
        id: neighborhood.id,
        status: 'RESOLVED',
      }),
    ).toHaveLength(1);
    expect((await resolveReport(api, steward, id))?.errors).toEqual([
      { code: 'CONFLICT', field: null },
    ]);
  });

  it('a report about a message shows the loan and the message to stewards', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await buildStreet(api);
    const loan = await buildLoan(api, drill, ben);
    const message = await buildMessage(api, loan, ana, 'bad');

    const made = await reportMessage(api, ben, message.id);

    expect(made?.errors).toEqual([]);
    expect(
      await reportsOf(api, steward, { id: neighborhood.id }),
    ).toMatchObject([
      {
        reportedUser: { name: 'ana' },
        item: null,
        message: { body: 'bad' },
        loan: { id: loan.id },
      },
    ]);
  });

  it('only the recipient of a message can report it, also after a block', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await buildStreet(api);
    const neighbor = await buildNeighbor(api, neighborhood, 'neighbor');
    const loan = await buildLoan(api, drill, ben, { status: 'RETURNED' });
    const message = await buildMessage(api, loan, ana);
    await buildBlock(api, ben, ana);

    for (const other of [ana, neighbor, steward])
      expect((await reportMessage(api, other, message.id))?.errors).toEqual(
        errors('NOT_FOUND', 'messageId'),
      );
    for (const id of [NOBODY, 'nonsense'])
      expect((await reportMessage(api, ben, id))?.errors).toEqual(
        errors('NOT_FOUND', 'messageId'),
      );
    expect(await reportMessage(api, ben, message.id)).toMatchObject({
      report: { reportedUser: { name: 'ana' } },
      errors: [],
    });
  });

  it('reportItem accepts visible items of other users only', async () => {
    const api = await testApp({ database });
    const { neighborhood, ana, ben, drill } = await buildStreet(api);
    const stranger = await buildPerson(api, 'stranger');
    const suspended = await buildNeighbor(api, neighborhood, 'suspended', {
      status: 'SUSPENDED',
    });
    const blocked = await buildNeighbor(api, neighborhood, 'blocked');
    await buildBlock(api, ana, blocked);

    for (const other of [stranger, suspended, blocked])
      expect((await reportItem(api, other, drill.id))?.errors).toEqual(
        errors('NOT_FOUND', 'itemId'),
      );
    for (const id of [NOBODY, 'nonsense'])
      expect((await reportItem(api, ben, id))?.errors).toEqual(
        errors('NOT_FOUND', 'itemId'),
      );
    expect((await reportItem(api, ana, drill.id))?.errors).toEqual(
      errors('INVALID', 'itemId'),
    );
  });

  it('reportUser accepts members of the same neighborhood, also users blocked by the viewer', async () => {
    const api = await testApp({ database });
    const { neighborhood, ana, ben } = await buildStreet(api);
    const stranger = await buildPerson(api, 'stranger');
    const elsewhere = await buildNeighborhood(api, stranger);
    await buildBlock(api, ben, ana);
    const about = (reporter: Person, person: Person, { id } = neighborhood) =>
      reportUser(api, reporter, person.user.id, id);
    const notFound = errors('NOT_FOUND', 'userId');

    expect((await about(ben, stranger))?.errors).toEqual(notFound);
    expect((await about(ben, ana, elsewhere))?.errors).toEqual(notFound);
    expect((await about(stranger, ben))?.errors).toEqual(notFound);
    expect((await about(ana, ben))?.errors).toEqual(notFound);
    expect((await about(ben, ben))?.errors).toEqual(
      errors('INVALID', 'userId'),
    );
    expect(await about(ben, ana)).toMatchObject({
      report: { reportedUser: { name: 'ana' }, item: null },
      errors: [],
    });
  });

  it('a user has at most one open report per subject and twenty in total', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await buildStreet(api);

    const together = await Promise.all(
      [1, 2, 3].map(() => reportItem(api, ben, drill.id)),
    );
    expect(
      together.flatMap((made) => made?.errors.map(({ code }) => code)),
    ).toEqual(['CONFLICT', 'CONFLICT']);
    const [only] = together.flatMap((made) => made?.report ?? []);
    // The same person, but not the same item.
    expect(
      (await reportUser(api, ben, ana.user.id, neighborhood.id))?.errors,
    ).toEqual([]);
    await resolveReport(api, steward, only?.id ?? '');
    expect((await reportItem(api, ben, drill.id))?.errors).toEqual([]);

    for (let i = 0; i < 18; i++)
      await buildReport(api, neighborhood, ben, steward);
    const another = await buildItem(api, neighborhood, ana);
    expect((await reportItem(api, ben, another.id))?.errors).toEqual([
      { code: 'LIMIT', field: null },
    ]);
  });

  it('only active stewards of the neighborhood can read and resolve a report', async () => {
    const api = await testApp({ database });
    const { neighborhood, ana, ben } = await buildStreet(api);
    const elsewhere = await buildPerson(api, 'elsewhere');
    await buildNeighborhood(api, elsewhere);
    const { id } = await buildReport(api, neighborhood, ben, ana);

    for (const other of [ana, ben, elsewhere]) {
      expect(
        (await reportsOf(api, other, { id: neighborhood.id })) ?? [],
      ).toEqual([]);
      expect((await resolveReport(api, other, id))?.errors).toEqual(
        errors('NOT_FOUND', 'reportId'),
      );
    }
    const steward = await buildNeighbor(api, neighborhood, 'another', {
      role: 'STEWARD',
      status: 'SUSPENDED',
    });
    expect(await reportsOf(api, steward, { id: neighborhood.id })).toEqual([]);
    for (const nonsense of [NOBODY, 'nonsense'])
      expect((await resolveReport(api, elsewhere, nonsense))?.errors).toEqual(
        errors('NOT_FOUND', 'reportId'),
      );
  });

  it('a report about a steward goes to the other stewards, or to that steward if there is no other', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ben } = await buildStreet(api);
    const second = await buildNeighbor(api, neighborhood, 'second', {
      role: 'STEWARD',
    });

    const made = await reportUser(api, ben, steward.user.id, neighborhood.id);
    const id = made?.report?.id ?? '';

    expect(await newsOf(api, steward)).toEqual([]);
    expect(await reportsOf(api, steward, { id: neighborhood.id })).toEqual([]);
    expect((await resolveReport(api, steward, id))?.errors).toEqual(
      errors('NOT_FOUND', 'reportId'),
    );
    const tasks = async (person: Person) =>
      (await api.as(person).run(Reports, { id: neighborhood.id })).data.myTasks;
    expect(await tasks(steward)).toEqual([]);
    expect(await tasks(second)).toEqual([
      { kind: 'REVIEW_REPORT', report: { id } },
    ]);
    expect(await newsOf(api, second)).toMatchObject([
      { kind: 'REPORT_RECEIVED' },
    ]);

    await api
      .as(second)
      .run(
        'mutation ($i: StepDownInput!) { stepDown(input: $i) { errors { code } } }',
        {
          i: { neighborhoodId: neighborhood.id },
        },
      );
    expect(await reportsOf(api, steward, { id: neighborhood.id })).toHaveLength(
      1,
    );
    expect((await resolveReport(api, steward, id))?.errors).toEqual([]);
  });

  it('reports are paginated newest first, with at most ten SQL statements', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await buildStreet(api);
    const loan = await buildLoan(api, drill, ben);
    const message = await buildMessage(api, loan, ana);
    const ids = [];
    for (let i = 0; i < 30; i++)
      ids.unshift(
        (
          await buildReport(api, neighborhood, ben, ana, {
            item: drill,
            message,
          })
        ).id,
      );
    api.statements.length = 0;
    const { data } = await api
      .as(steward)
      .run(Reports, { id: neighborhood.id, first: 20 });
    const count = api.statements.length;
    const page = data.neighborhood?.reports;

    const rest = await reportsOf(api, steward, {
      id: neighborhood.id,
      first: 20,
      after: page?.pageInfo.endCursor,
    });

    expect(
      [...(page?.edges ?? []).map(({ node }) => node), ...(rest ?? [])].map(
        ({ id }) => id,
      ),
    ).toEqual(ids);
    // The neighborhood, the page, people, items, messages, loans; three for tasks and their reports.
    expect(count).toBeLessThanOrEqual(10);
  });
});
