import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  MarkReadMutation,
  MarkReadMutationVariables,
  MyNotificationsQuery,
  MyNotificationsQueryVariables,
} from '../generated/operations';
import {
  buildBlock,
  buildNotification,
  buildPerson,
  type Person,
} from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan, buildMessage } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';

const MyNotifications: TypedDocumentNode<
  MyNotificationsQuery,
  MyNotificationsQueryVariables
> = gql`
  query MyNotifications($first: Int, $after: String) {
    unreadNotificationCount
    myNotifications(first: $first, after: $after) {
      edges {
        node {
          id
          kind
          readAt
          actor {
            name
          }
          loan {
            id
            item {
              title
            }
          }
          message {
            body
          }
          neighborhood {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const MarkRead: TypedDocumentNode<MarkReadMutation, MarkReadMutationVariables> =
  gql`
    mutation MarkRead($ids: [ID!]) {
      markNotificationsRead(input: { notificationIds: $ids }) {
        notifications {
          id
          readAt
        }
        unreadNotificationCount
        errors {
          code
        }
      }
    }
  `;

const read = async (
  api: TestApi,
  person: Person,
  variables: MyNotificationsQueryVariables = {},
) => {
  const { data } = await api.as(person).run(MyNotifications, variables);
  return {
    unread: data.unreadNotificationCount,
    nodes: data.myNotifications.edges.map(({ node }) => node),
    pageInfo: data.myNotifications.pageInfo,
  };
};

const mark = async (api: TestApi, person: Person, ids: string[] | null) =>
  (await api.as(person).run(MarkRead, { ids })).data.markNotificationsRead;

async function street(api: TestApi) {
  const ana = await buildPerson(api, 'ana');
  const neighborhood = await buildNeighborhood(api, ana);
  const ben = await buildNeighbor(api, neighborhood, 'ben');
  const drill = await buildItem(api, neighborhood, ana);
  return { ana, ben, neighborhood, drill };
}

describe.each(DATABASES)('notifications (%s)', (database) => {
  it("myNotifications is paginated newest first and contains the viewer's notifications only", async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);
    const written = [];
    for (let i = 0; i < 5; i++) written.push(await buildNotification(api, ana));
    await buildNotification(api, ben);
    const ids = written.map(({ id }) => id).reverse();

    const first = await read(api, ana, { first: 3 });
    const rest = await read(api, ana, {
      first: 3,
      after: first.pageInfo.endCursor,
    });

    expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([
      true,
      false,
    ]);
    expect(first.unread).toBe(5);
  });

  it("marking one or all notifications as read affects the viewer's notifications only", async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);
    const first = await buildNotification(api, ana);
    const second = await buildNotification(api, ana);
    const third = await buildNotification(api, ana);
    const bens = await buildNotification(api, ben);

    const one = await mark(api, ana, [
      first.id.toUpperCase(),
      bens.id,
      'nonsense',
    ]);
    expect(one?.notifications?.map(({ id }) => id)).toEqual([first.id]);
    expect(one?.notifications?.[0]?.readAt).not.toBeNull();
    expect(one?.unreadNotificationCount).toBe(2);

    const none = await mark(api, ana, []);
    expect(none).toMatchObject({
      notifications: [],
      unreadNotificationCount: 2,
    });

    const all = await mark(api, ana, null);
    expect(all?.notifications?.map(({ id }) => id)).toEqual([
      third.id,
      second.id,
    ]);
    expect(all?.unreadNotificationCount).toBe(0);
    expect(await mark(api, ana, null)).toMatchObject({ notifications: [] });
    expect((await read(api, ana)).nodes.every(({ readAt }) => readAt)).toBe(
      true,
    );
    expect((await read(api, ben)).unread).toBe(1);
  });

  it('a notification shows its subject only while the viewer can see it', async () => {
    const api = await testApp({ database });
    const { ana, ben, neighborhood, drill } = await street(api);
    const loan = await buildLoan(api, drill, ben, { status: 'RETURNED' });
    const message = await buildMessage(api, loan, ana, 'Thank you!');
    await buildNotification(api, ben, {
      kind: 'MESSAGE_RECEIVED',
      actorId: ana.user.id,
      loanId: loan.id,
      messageId: message.id,
      neighborhoodId: neighborhood.id,
    });
    const readFirst = async () => (await read(api, ben)).nodes[0];

    expect(await readFirst()).toMatchObject({
      kind: 'MESSAGE_RECEIVED',
      actor: { name: 'ana' },
      loan: { id: loan.id, item: { title: 'Drill' } },
      message: { body: 'Thank you!' },
      neighborhood: { name: 'Maple Street' },
    });

    await api.services.orm.em
      .fork()
      .getConnection()
      .execute("update memberships set status = 'BANNED' where user_id = ?", [
        ben.user.id,
      ]);
    expect(await readFirst()).toMatchObject({
      kind: 'MESSAGE_RECEIVED',
      loan: null,
      message: null,
      neighborhood: null,
    });
  });

  it('a request to join is visible to stewards only', async () => {
    const api = await testApp({ database });
    const { ana, ben, neighborhood } = await street(api);
    const cleo = await buildPerson(api, 'cleo');
    await buildMembership(api, neighborhood, cleo, { status: 'PENDING' });
    for (const person of [ana, ben])
      await buildNotification(api, person, {
        kind: 'MEMBERSHIP_REQUESTED',
        actorId: cleo.user.id,
        neighborhoodId: neighborhood.id,
      });

    expect((await read(api, ana)).nodes[0]?.actor).toEqual({ name: 'cleo' });
    expect((await read(api, ben)).nodes[0]?.actor).toBeNull();
  });

  it('notifications of a blocked user are hidden unless they are about a promised or lent item', async () => {
    const api = await testApp({ database });
    const { ana, ben, neighborhood, drill } = await street(api);
    const from = (actor: Person) => ({
      actorId: actor.user.id,
      neighborhoodId: neighborhood.id,
      createdAt: new Date(Date.now() - 1000),
    });
    const asked = await buildLoan(api, drill, ben);
    const returned = await buildLoan(api, drill, ben, { status: 'RETURNED' });
    const lent = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    for (const { id: loanId } of [asked, returned, lent]) {
      await buildNotification(api, ana, {
        ...from(ben),
        kind: 'LOAN_REQUESTED',
        loanId,
      });
      await buildNotification(api, ben, {
        ...from(ana),
        kind: 'LOAN_APPROVED',
        loanId,
      });
    }
    await buildNotification(api, ben, { ...from(ana), kind: 'STEWARD_MADE' });

    await buildBlock(api, ben, ana);
    // The loan ends after the block, which must be notified.
    await buildNotification(api, ben, {
      ...from(ana),
      createdAt: new Date(Date.now() + 1000),
      kind: 'LOAN_RETURNED',
      loanId: returned.id,
    });

    const forAna = await read(api, ana);
    expect(forAna.nodes).toMatchObject([
      { kind: 'LOAN_REQUESTED', loan: { id: lent.id }, actor: { name: 'ben' } },
    ]);
    expect(forAna.unread).toBe(1);
    const forBen = await read(api, ben);
    expect(forBen.nodes).toMatchObject([
      { kind: 'LOAN_RETURNED', loan: null },
      { kind: 'STEWARD_MADE', loan: null },
      { kind: 'LOAN_APPROVED', loan: { id: lent.id } },
    ]);
    expect(forBen.unread).toBe(3);
  });

  it('a page of notifications takes a fixed number of SQL statements', async () => {
    const api = await testApp({ database });
    const { ana, neighborhood, drill } = await street(api);
    const people: Person[] = [];
    for (let i = 0; i < 10; i++)
      people.push(await buildNeighbor(api, neighborhood, `person${i}`));
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const person = people[i % 10] ?? ana;
        const loan = await buildLoan(api, drill, person);
        const message = await buildMessage(api, loan, person);
        await buildNotification(api, ana, {
          kind: 'MESSAGE_RECEIVED',
          actorId: person.user.id,
          loanId: loan.id,
          messageId: message.id,
          neighborhoodId: neighborhood.id,
        });
      }),
    );
    api.statements.length = 0;

    const { nodes } = await read(api, ana, { first: 50 });

    expect(nodes).toHaveLength(50);
    expect(
      nodes.every(({ loan, message, actor }) => loan && message && actor),
    ).toBe(true);
    // The count, the page, people, loans, messages, neighborhoods, items.
    expect(api.statements).toHaveLength(7);
  });
});
