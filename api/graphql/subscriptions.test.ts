import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  NewsSubscription,
  NewsSubscriptionVariables,
} from '../generated/operations';
import {
  buildBlock,
  buildNotification,
  buildPerson,
} from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import {
  listen,
  listenIn,
  openLine,
  until,
  SUBSCRIPTION,
  subscribeMessage,
} from '../testing/live';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';

const News: TypedDocumentNode<NewsSubscription, NewsSubscriptionVariables> =
  gql`
    subscription News {
      notificationReceived {
        id
        kind
        actor {
          name
        }
      }
    }
  `;

describe.each(DATABASES)('subscriptions on %s', (database) => {
  it('a subscription delivers notifications to their recipient only', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    const forAna = await listenIn(url, ana.accessToken, News);
    const forBen = await listenIn(url, ben.accessToken, News);

    const first = await buildNotification(api, ana);
    const second = await buildNotification(api, ana, {
      kind: 'MEMBERSHIP_APPROVED',
    });
    const third = await buildNotification(api, ben);
    await until(() => forAna.received.length + forBen.received.length >= 3);

    expect(forAna.received).toEqual([
      {
        notificationReceived: {
          id: first.id,
          kind: 'STEWARD_MADE',
          actor: null,
        },
      },
      {
        notificationReceived: {
          id: second.id,
          kind: 'MEMBERSHIP_APPROVED',
          actor: null,
        },
      },
    ]);
    expect(
      forBen.received.map(
        ({ notificationReceived }) => notificationReceived.id,
      ),
    ).toEqual([third.id]);
    await Promise.all([forAna.stop(), forBen.stop()]);
  });

  it('a subscription delivers notifications written by another process', async () => {
    const here = await testApp({ database });
    const there = await testApp({
      dataDir: here.config.dataDir,
      databaseUrl: here.config.databaseUrl,
    });
    const ana = await buildPerson(here, 'ana');
    const listeners = await Promise.all(
      [here, there].map(async (api) =>
        listenIn(await listen(api), ana.accessToken, News),
      ),
    );

    const written = await Promise.all(
      [here, there, here, there].map((api) => buildNotification(api, ana)),
    );
    await until(() =>
      listeners.every(({ received }) => received.length >= written.length),
    );
    // A duplicate would arrive with the next polls.
    const last = await buildNotification(here, ana);
    await until(() =>
      listeners.every(({ received }) =>
        received.some(
          ({ notificationReceived }) => notificationReceived.id === last.id,
        ),
      ),
    );

    const ids = [...written, last].map(({ id }) => id).sort();
    for (const listener of listeners) {
      const { received } = listener;
      expect(
        received.map(({ notificationReceived: { id } }) => id).sort(),
      ).toEqual(ids);
      await listener.stop();
    }
  });

  it('a subscription delivers notifications whose ids are out of order', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const listener = await listenIn(url, ana.accessToken, News);

    const late = new Date(Date.now() - 5000);
    const newer = await buildNotification(api, ana);
    await until(() => listener.received.length === 1);
    // As from a transaction that began before the other one and committed after it.
    const older = await buildNotification(api, ana, { createdAt: late });
    await until(() => listener.received.length === 2);

    expect(
      listener.received.map(({ notificationReceived: { id } }) => id),
    ).toEqual([newer.id, older.id]);
    await listener.stop();
  });

  it('each event of a subscription reads current data', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, street, 'ben');
    const listener = await listenIn(url, ana.accessToken, News);
    const news = {
      kind: 'MEMBERSHIP_REQUESTED',
      actorId: ben.user.id,
      neighborhoodId: street.id,
    } as const;

    await buildNotification(api, ana, news);
    await until(() => listener.received.length === 1);
    await api
      .as(ben)
      .run(
        'mutation { updateProfile(input: {name: "Benno"}) { errors { code } } }',
      );
    await buildNotification(api, ana, news);
    await until(() => listener.received.length === 2);

    expect(
      listener.received.map(
        ({ notificationReceived: { actor } }) => actor?.name,
      ),
    ).toEqual(['ben', 'Benno']);
    await listener.stop();
  });

  it('a subscription omits notifications of blocked people, except about loans', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, street, 'ben');
    const drill = await buildItem(api, street, ana);
    const asked = await buildLoan(api, drill, ben);
    const lent = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    const listener = await listenIn(url, ana.accessToken, News);
    const from = { actorId: ben.user.id, neighborhoodId: street.id };
    const before = new Date(Date.now() - 1000);

    await buildBlock(api, ana, ben);
    await buildNotification(api, ana, {
      ...from,
      kind: 'LOAN_REQUESTED',
      loanId: asked.id,
      createdAt: before,
    });
    await buildNotification(api, ana, {
      ...from,
      kind: 'RETURN_CLAIMED',
      loanId: lent.id,
      createdAt: before,
    });
    await until(() => listener.received.length > 0);

    expect(listener.received).toMatchObject([
      {
        notificationReceived: {
          kind: 'RETURN_CLAIMED',
          actor: { name: 'ben' },
        },
      },
    ]);
    await listener.stop();
  });

  it('notifications are not polled without subscribers', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const polls = () =>
      api.statements.filter((sql) => sql.includes('from notifications'));
    const listener = await listenIn(url, ana.accessToken, News);
    await until(() => polls().length > 2);

    await listener.stop();
    // A second server with a subscriber polls at the same interval, and so measures the passed time.
    const other = await testApp();
    const ben = await buildPerson(other, 'ben');
    const stillListening = await listenIn(
      await listen(other),
      ben.accessToken,
      News,
    );
    const otherPolls = () =>
      other.statements.filter((sql) => sql.includes('from notifications'));
    await until(async () => {
      api.statements.length = 0;
      const before = otherPolls().length;
      await until(() => otherPolls().length > before + 2);
      return polls().length === 0;
    });
    await stillListening.stop();

    expect(polls()).toEqual([]);
  });
});

describe('subscriptions', () => {
  it('a subscription delivers all notifications since the socket was acknowledged', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const before = await buildNotification(api, ana);
    const line = await openLine(url, ana.accessToken);

    const between = await buildNotification(api, ana);
    line.say(subscribeMessage('1'));
    const after = await buildNotification(api, ana);
    await until(() => line.messages.length >= 3);

    expect(JSON.stringify(line.messages)).not.toContain(before.id);
    expect(line.messages.slice(1)).toMatchObject(
      [between, after].map(({ id }) => ({
        id: '1',
        type: 'next',
        payload: { data: { notificationReceived: { id } } },
      })),
    );
    line.socket.close();
  });
});

describe('subscriptions over HTTP', () => {
  it('subscriptions over HTTP are refused', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    const answer = await api.as(ana).run(SUBSCRIPTION);

    expect(answer.status).toBe(400);
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
