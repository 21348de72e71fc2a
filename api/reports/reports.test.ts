import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  ReportItemMutation,
  ReportItemMutationVariables,
  ReportMessageMutation,
  ReportMessageMutationVariables,
  ReportPersonMutation,
  ReportPersonMutationVariables,
  ReportsQuery,
  ReportsQueryVariables,
  ResolveMutation,
  ResolveMutationVariables,
} from '../generated/operations';
import { buildBlock, buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan, buildMessage, buildReport } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';

const Report_all = gql`
  fragment Report_all on Report {
    id
    reason
    status
    resolution
    reporter {
      name
    }
    person {
      name
    }
    item {
      title
    }
    message {
      body
    }
    loan {
      id
    }
    resolvedBy {
      name
    }
  }
`;

const ReportItem: TypedDocumentNode<
  ReportItemMutation,
  ReportItemMutationVariables
> = gql`
  mutation ReportItem($input: ReportItemInput!) {
    reportItem(input: $input) {
      report {
        ...Report_all
      }
      errors {
        code
        field
      }
    }
  }
  ${Report_all}
`;

const ReportPerson: TypedDocumentNode<
  ReportPersonMutation,
  ReportPersonMutationVariables
> = gql`
  mutation ReportPerson($input: ReportPersonInput!) {
    reportPerson(input: $input) {
      report {
        ...Report_all
      }
      errors {
        code
        field
      }
    }
  }
  ${Report_all}
`;

const ReportMessage: TypedDocumentNode<
  ReportMessageMutation,
  ReportMessageMutationVariables
> = gql`
  mutation ReportMessage($input: ReportMessageInput!) {
    reportMessage(input: $input) {
      report {
        ...Report_all
      }
      errors {
        code
        field
      }
    }
  }
  ${Report_all}
`;

const Resolve: TypedDocumentNode<ResolveMutation, ResolveMutationVariables> =
  gql`
    mutation Resolve($id: ID!) {
      resolveReport(input: { id: $id, resolution: "Talked to them." }) {
        report {
          ...Report_all
        }
        errors {
          code
          field
        }
      }
    }
    ${Report_all}
  `;

const Reports: TypedDocumentNode<ReportsQuery, ReportsQueryVariables> = gql`
  query Reports(
    $id: ID!
    $status: ReportStatus = OPEN
    $first: Int
    $after: String
  ) {
    neighborhood(id: $id) {
      reports(status: $status, first: $first, after: $after) {
        edges {
          node {
            ...Report_all
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
    myTasks {
      kind
      report {
        id
      }
    }
  }
  ${Report_all}
`;

const REASON = 'Not nice.';
const NOBODY = '01900000-0000-7000-8000-000000000000';

const aboutItem = async (api: TestApi, person: Person, itemId: string) =>
  (await api.as(person).run(ReportItem, { input: { itemId, reason: REASON } }))
    .data.reportItem;

const aboutPerson = async (
  api: TestApi,
  person: Person,
  userId: string,
  neighborhoodId: string,
) =>
  (
    await api.as(person).run(ReportPerson, {
      input: { userId, neighborhoodId, reason: REASON },
    })
  ).data.reportPerson;

const aboutMessage = async (api: TestApi, person: Person, messageId: string) =>
  (
    await api
      .as(person)
      .run(ReportMessage, { input: { messageId, reason: REASON } })
  ).data.reportMessage;

const resolve = async (api: TestApi, person: Person, id: string) =>
  (await api.as(person).run(Resolve, { id })).data.resolveReport;

const reports = async (
  api: TestApi,
  person: Person,
  variables: ReportsQueryVariables,
) => {
  const { data } = await api.as(person).run(Reports, variables);
  return data.neighborhood?.reports.edges.map(({ node }) => node);
};

/** A caller's notifications, newest first. */
const told = async (api: TestApi, person: Person) =>
  (
    await api.as(person).run<
      {
        myNotifications: {
          edges: {
            node: {
              kind: string;
              report: { id: string; resolution: string | null } | null;
            };
          }[];
        };
      },
      never
    >('{ myNotifications { edges { node { kind report { id resolution } } } } }')
  ).data.myNotifications.edges.map(({ node }) => node);

async function street(api: TestApi) {
  const steward = await buildPerson(api, 'steward');
  const neighborhood = await buildNeighborhood(api, steward);
  const ana = await buildNeighbor(api, neighborhood, 'ana');
  const ben = await buildNeighbor(api, neighborhood, 'ben');
  const drill = await buildItem(api, neighborhood, ana);
  return { steward, neighborhood, ana, ben, drill };
}

const errors = (code: string, field: string) => [{ code, field: [field] }];

describe.each(DATABASES)('reports (%s)', (database) => {
  it('a report about an item goes to the stewards, and the reporter is notified when it is resolved', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await street(api);

    const made = await aboutItem(api, ben, drill.id.toUpperCase());

    const report = {
      reason: REASON,
      status: 'OPEN',
      resolution: null,
      reporter: { name: 'ben' },
      person: { name: 'ana' },
      item: { title: 'Drill' },
      message: null,
      loan: null,
      resolvedBy: null,
    };
    expect(made).toMatchObject({ report, errors: [] });
    const id = made?.report?.id ?? '';
    expect(await told(api, steward)).toEqual([
      { kind: 'REPORT_RECEIVED', report: { id, resolution: null } },
    ]);
    expect(await reports(api, steward, { id: neighborhood.id })).toMatchObject([
      { id, ...report },
    ]);

    const resolved = await resolve(api, steward, id);

    expect(resolved).toMatchObject({
      report: {
        id,
        status: 'RESOLVED',
        resolution: 'Talked to them.',
        resolvedBy: { name: 'steward' },
      },
      errors: [],
    });
    expect(await told(api, ben)).toEqual([
      {
        kind: 'REPORT_RESOLVED',
        report: { id, resolution: 'Talked to them.' },
      },
    ]);
    expect(await told(api, ana)).toEqual([]);
    expect(await reports(api, steward, { id: neighborhood.id })).toEqual([]);
    expect(
      await reports(api, steward, { id: neighborhood.id, status: 'RESOLVED' }),
    ).toHaveLength(1);
    expect((await resolve(api, steward, id))?.errors).toEqual([
      { code: 'CONFLICT', field: null },
    ]);
  });

  it('a report about a message shows the loan and the message to stewards', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await street(api);
    const loan = await buildLoan(api, drill, ben);
    const message = await buildMessage(api, loan, ana, 'bad');

    const made = await aboutMessage(api, ben, message.id);

    expect(made?.errors).toEqual([]);
    expect(await reports(api, steward, { id: neighborhood.id })).toMatchObject([
      {
        person: { name: 'ana' },
        item: null,
        message: { body: 'bad' },
        loan: { id: loan.id },
      },
    ]);
  });

  it('only the recipient of a message can report it, also after a block', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await street(api);
    const neighbor = await buildNeighbor(api, neighborhood, 'neighbor');
    const loan = await buildLoan(api, drill, ben, { status: 'RETURNED' });
    const message = await buildMessage(api, loan, ana);
    await buildBlock(api, ben, ana);

    for (const other of [ana, neighbor, steward])
      expect((await aboutMessage(api, other, message.id))?.errors).toEqual(
        errors('NOT_FOUND', 'messageId'),
      );
    for (const id of [NOBODY, 'nonsense'])
      expect((await aboutMessage(api, ben, id))?.errors).toEqual(
        errors('NOT_FOUND', 'messageId'),
      );
    expect(await aboutMessage(api, ben, message.id)).toMatchObject({
      report: { person: { name: 'ana' } },
      errors: [],
    });
  });

  it('reportItem accepts visible items of other users only', async () => {
    const api = await testApp({ database });
    const { neighborhood, ana, ben, drill } = await street(api);
    const stranger = await buildPerson(api, 'stranger');
    const suspended = await buildNeighbor(api, neighborhood, 'suspended', {
      status: 'SUSPENDED',
    });
    const blocked = await buildNeighbor(api, neighborhood, 'blocked');
    await buildBlock(api, ana, blocked);

    for (const other of [stranger, suspended, blocked])
      expect((await aboutItem(api, other, drill.id))?.errors).toEqual(
        errors('NOT_FOUND', 'itemId'),
      );
    for (const id of [NOBODY, 'nonsense'])
      expect((await aboutItem(api, ben, id))?.errors).toEqual(
        errors('NOT_FOUND', 'itemId'),
      );
    expect((await aboutItem(api, ana, drill.id))?.errors).toEqual(
      errors('INVALID', 'itemId'),
    );
  });

  it('reportPerson accepts members of the same neighborhood, also users blocked by the viewer', async () => {
    const api = await testApp({ database });
    const { neighborhood, ana, ben } = await street(api);
    const stranger = await buildPerson(api, 'stranger');
    const elsewhere = await buildNeighborhood(api, stranger);
    await buildBlock(api, ben, ana);
    const about = (reporter: Person, person: Person, { id } = neighborhood) =>
      aboutPerson(api, reporter, person.user.id, id);
    const notFound = errors('NOT_FOUND', 'userId');

    expect((await about(ben, stranger))?.errors).toEqual(notFound);
    expect((await about(ben, ana, elsewhere))?.errors).toEqual(notFound);
    expect((await about(stranger, ben))?.errors).toEqual(notFound);
    expect((await about(ana, ben))?.errors).toEqual(notFound);
    expect((await about(ben, ben))?.errors).toEqual(
      errors('INVALID', 'userId'),
    );
    expect(await about(ben, ana)).toMatchObject({
      report: { person: { name: 'ana' }, item: null },
      errors: [],
    });
  });

  it('a user has at most one open report per subject and twenty in total', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await street(api);

    const together = await Promise.all(
      [1, 2, 3].map(() => aboutItem(api, ben, drill.id)),
    );
    expect(
      together.flatMap((made) => made?.errors.map(({ code }) => code)),
    ).toEqual(['CONFLICT', 'CONFLICT']);
    const [only] = together.flatMap((made) => made?.report ?? []);
    // The same person, but not the same item.
    expect(
      (await aboutPerson(api, ben, ana.user.id, neighborhood.id))?.errors,
    ).toEqual([]);
    await resolve(api, steward, only?.id ?? '');
    expect((await aboutItem(api, ben, drill.id))?.errors).toEqual([]);

    for (let i = 0; i < 18; i++)
      await buildReport(api, neighborhood, ben, steward);
    const another = await buildItem(api, neighborhood, ana);
    expect((await aboutItem(api, ben, another.id))?.errors).toEqual([
      { code: 'LIMIT', field: null },
    ]);
  });

  it('only active stewards of the neighborhood can read and resolve a report', async () => {
    const api = await testApp({ database });
    const { neighborhood, ana, ben } = await street(api);
    const elsewhere = await buildPerson(api, 'elsewhere');
    await buildNeighborhood(api, elsewhere);
    const { id } = await buildReport(api, neighborhood, ben, ana);

    for (const other of [ana, ben, elsewhere]) {
      expect(
        (await reports(api, other, { id: neighborhood.id })) ?? [],
      ).toEqual([]);
      expect((await resolve(api, other, id))?.errors).toEqual(
        errors('NOT_FOUND', 'id'),
      );
    }
    const steward = await buildNeighbor(api, neighborhood, 'another', {
      role: 'STEWARD',
      status: 'SUSPENDED',
    });
    expect(await reports(api, steward, { id: neighborhood.id })).toEqual([]);
    for (const nonsense of [NOBODY, 'nonsense'])
      expect((await resolve(api, elsewhere, nonsense))?.errors).toEqual(
        errors('NOT_FOUND', 'id'),
      );
  });

  it('a report about a steward goes to the other stewards, or to that steward if there is no other', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ben } = await street(api);
    const second = await buildNeighbor(api, neighborhood, 'second', {
      role: 'STEWARD',
    });

    const made = await aboutPerson(api, ben, steward.user.id, neighborhood.id);
    const id = made?.report?.id ?? '';

    expect(await told(api, steward)).toEqual([]);
    expect(await reports(api, steward, { id: neighborhood.id })).toEqual([]);
    expect((await resolve(api, steward, id))?.errors).toEqual(
      errors('NOT_FOUND', 'id'),
    );
    const tasks = async (person: Person) =>
      (await api.as(person).run(Reports, { id: neighborhood.id })).data.myTasks;
    expect(await tasks(steward)).toEqual([]);
    expect(await tasks(second)).toEqual([
      { kind: 'REVIEW_REPORT', report: { id } },
    ]);
    expect(await told(api, second)).toMatchObject([
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
    expect(await reports(api, steward, { id: neighborhood.id })).toHaveLength(
      1,
    );
    expect((await resolve(api, steward, id))?.errors).toEqual([]);
  });

  it('reports are paginated newest first, with at most ten SQL statements', async () => {
    const api = await testApp({ database });
    const { steward, neighborhood, ana, ben, drill } = await street(api);
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

    const rest = await reports(api, steward, {
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
