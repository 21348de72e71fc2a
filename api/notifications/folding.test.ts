import { DATABASES } from '../testing/databases';
import { buildNeighbor, buildMapleStreet } from '../testing/buildNeighborhoods';
import { buildPerson, type Person } from '../testing/buildPeople';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import {
  changeMembership,
  joinNeighborhood,
  membershipIdOf,
} from '../testing/memberships';
import { testApp, type TestApi } from '../testing/testApp';
import { createApp } from '../app';
import { addDays, dayIn } from '../calendar';
import { endsWithTest } from '../testing/cleanUp';
import { trimNotifications } from './folding.reads';
import { UserEntity } from '../users/user.entity';
import { NotificationEntity } from './notification.entity';
import { notify } from './notifications';

type News = {
  unreadNotificationCount: number;
  myNotifications: {
    edges: {
      node: { kind: string; count: number; message: { body: string } | null };
    }[];
  };
};

/** Reads the notifications of a person. */
async function newsOf(api: TestApi, person: Person) {
  const { data } = await api
    .as(person)
    .run<News, object>(
      '{ unreadNotificationCount myNotifications { edges { node { kind count message { body } } } } }',
    );
  return {
    unread: data.unreadNotificationCount,
    nodes: data.myNotifications.edges.map(({ node }) => node),
  };
}

/** Sends a mutation whose errors are none. */
async function send(api: TestApi, person: Person, mutation: string) {
  const { data } = await api
    .as(person)
    .run<
      { it: { loan: { id: string; extension: { id: string } | null } | null } },
      object
    >(`mutation { it: ${mutation} }`);
  expect(data.it).toMatchObject({ errors: [] });
  return data.it;
}

const markRead = (api: TestApi, person: Person) =>
  api
    .as(person)
    .run('mutation { markNotificationsRead(input: {}) { errors { code } } }');

describe.each(DATABASES)('folded notifications (%s)', (database) => {
  async function street() {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const drill = await buildItem(api, maple, ana);
    return { api, ana, ben, maple, drill };
  }

  it('a request that is withdrawn before the owner has read about it leaves no notification', async () => {
    const { api, ana, ben, maple, drill } = await street();
    const today = dayIn(maple.timeZone, new Date());
    const request = async () => {
      const { loan } = await send(
        api,
        ben,
        `requestLoan(input: { itemId: "${drill.id}", startDate: "${today}", dueDate: "${today}" }) { loan { id extension { id } } errors { code } }`,
      );
      return loan?.id ?? '';
    };
    const cancel = (loanId: string) =>
      send(
        api,
        ben,
        `cancelLoan(input: { loanId: "${loanId}" }) { errors { code } }`,
      );

    for (let time = 0; time < 3; time++) await cancel(await request());
    expect(await newsOf(api, ana)).toEqual({ unread: 0, nodes: [] });

    const read = await request();
    await markRead(api, ana);
    await cancel(read);
    expect(await newsOf(api, ana)).toMatchObject({
      unread: 1,
      nodes: [{ kind: 'LOAN_CANCELLED' }, { kind: 'LOAN_REQUESTED' }],
    });
  });

  it('cancelling an approved loan is notified although the request was never read', async () => {
    const { api, ana, ben, drill } = await street();
    const loan = await buildLoan(api, drill, ben, { status: 'APPROVED' });
    const about = { loanId: loan.id, neighborhoodId: drill.neighborhood.id };
    await notify(api.services.orm.em.fork(), {
      ...about,
      kind: 'LOAN_REQUESTED',
      recipientId: ana.user.id,
      actorId: ben.user.id,
    });

    await send(
      api,
      ben,
      `cancelLoan(input: { loanId: "${loan.id}" }) { errors { code } }`,
    );

    expect((await newsOf(api, ana)).nodes).toMatchObject([
      { kind: 'LOAN_CANCELLED' },
      { kind: 'LOAN_REQUESTED' },
    ]);
  });

  it('an extension asked for and taken back again and again leaves no notification', async () => {
    const { api, ana, ben, drill } = await street();
    const loan = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    for (let time = 0; time < 3; time++) {
      const asked = await send(
        api,
        ben,
        `requestExtension(input: { loanId: "${loan.id}", newDueDate: "${addDays(loan.dueDate, 1)}" }) { loan { id extension { id } } errors { code } }`,
      );
      await send(
        api,
        ben,
        `cancelExtension(input: { extensionId: "${asked.loan?.extension?.id ?? ''}" }) { errors { code } }`,
      );
    }
    expect(await newsOf(api, ana)).toEqual({ unread: 0, nodes: [] });
  });

  it('ten messages of one loan are one notification with the last one, until it is read', async () => {
    const { api, ana, ben, drill } = await street();
    const loan = await buildLoan(api, drill, ben);
    const write = (body: string) =>
      send(
        api,
        ben,
        `sendMessage(input: { loanId: "${loan.id}", body: "${body}" }) { loan { id } errors { code } }`,
      );
    for (let number = 1; number <= 10; number++) await write(`No. ${number}`);
    expect(await newsOf(api, ana)).toEqual({
      unread: 1,
      nodes: [
        {
          kind: 'MESSAGE_RECEIVED',
          count: 10,
          message: { body: 'No. 10' },
        },
      ],
    });

    await markRead(api, ana);
    await write('No. 11');
    expect(await newsOf(api, ana)).toMatchObject({
      unread: 1,
      nodes: [{ count: 1, message: { body: 'No. 11' } }, { count: 10 }],
    });
  });

  it('messages that several processes store at once are one notification', async () => {
    const { api, ana, ben, drill, maple } = await street();
    const other = await createApp(api.config);
    endsWithTest(other.close);
    const loan = await buildLoan(api, drill, ben);

    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        notify((index % 2 ? api : other).services.orm.em.fork(), {
          kind: 'MESSAGE_RECEIVED',
          recipientId: ana.user.id,
          actorId: ben.user.id,
          loanId: loan.id,
          neighborhoodId: maple.id,
        }),
      ),
    );

    expect(await newsOf(api, ana)).toMatchObject({
      unread: 1,
      nodes: [{ kind: 'MESSAGE_RECEIVED', count: 12 }],
    });
  });

  it('a request to join that is withdrawn before a steward has read about it leaves no notification', async () => {
    const { api, ana, maple } = await buildMapleStreet(
      { database },
      { joinPolicy: 'APPROVAL' },
    );
    const cleo = await buildPerson(api, 'cleo');
    for (let time = 0; time < 3; time++) {
      await joinNeighborhood(api.as(cleo), maple);
      await changeMembership(api.as(cleo), 'LEAVE', '', maple.id);
    }
    expect(await newsOf(api, ana)).toEqual({ unread: 0, nodes: [] });
    await joinNeighborhood(api.as(cleo), maple);
    expect(await newsOf(api, ana)).toMatchObject({
      unread: 1,
      nodes: [{ kind: 'MEMBERSHIP_REQUESTED', count: 1 }],
    });
  });

  it('a suspension that is ended before the member has read about it leaves no notification', async () => {
    const { api, ana, ben, maple } = await street();
    const id = await membershipIdOf(api, ben);
    for (let time = 0; time < 3; time++)
      for (const action of ['SUSPEND', 'REINSTATE'] as const)
        await changeMembership(api.as(ana), action, id, maple.id);
    expect(await newsOf(api, ben)).toEqual({ unread: 0, nodes: [] });
  });

  it('beyond the maximum the oldest read notifications are deleted, then the oldest unread ones', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const em = api.services.orm.em.fork();
    for (let number = 0; number < 6; number++)
      em.create(NotificationEntity, {
        recipient: em.getReference(UserEntity, ana.user.id),
        kind: 'STEWARD_MADE',
        readAt: number === 3 ? new Date() : null,
      });
    await em.flush();
    const ids = async () =>
      (
        await em.fork().find(NotificationEntity, {}, { orderBy: { id: 'asc' } })
      ).map(({ id }) => id);
    const all = await ids();

    await trimNotifications(em, [ana.user.id], 6);
    expect(await ids()).toEqual(all);
    await trimNotifications(em, [ana.user.id], 5);
    expect(await ids()).toEqual(all.filter((_, index) => index !== 3));
    await trimNotifications(em, [ana.user.id], 4);
    expect(await ids()).toEqual(
      all.filter((_, index) => index !== 3 && index !== 0),
    );
  });
});
