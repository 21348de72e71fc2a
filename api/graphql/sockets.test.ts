import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import { WebSocket } from 'ws';
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
import { inMinutes, itIs } from '../testing/clock';
import { listen, listenIn, openLine, openSocket, until } from '../testing/live';
import { Logout } from '../testing/operations';
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

const SUBSCRIBE = 'subscription { notificationReceived { id kind } }';

const subscribing = (id: string, query = SUBSCRIBE) => ({
  id,
  type: 'subscribe',
  payload: { query },
});

describe.each(DATABASES)('news on %s', (database) => {
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
    // What comes twice comes with the next looks.
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
    // Begun before the other one, and committed after it.
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

  it('notifications cost no statement without subscribers', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const looks = () =>
      api.statements.filter((sql) => sql.includes('from notifications'));
    const listener = await listenIn(url, ana.accessToken, News);
    await until(() => looks().length > 2);

    await listener.stop();
    // A server with a listener polls at the same interval, and so measures the time that passes.
    const other = await testApp();
    const ben = await buildPerson(other, 'ben');
    const stillListening = await listenIn(
      await listen(other),
      ben.accessToken,
      News,
    );
    const polls = () =>
      other.statements.filter((sql) => sql.includes('from notifications'));
    await until(async () => {
      api.statements.length = 0;
      const before = polls().length;
      await until(() => polls().length > before + 2);
      return looks().length === 0;
    });
    await stillListening.stop();

    expect(looks()).toEqual([]);
  });
});

describe('a socket', () => {
  it('a socket delivers from the acknowledgment on, also to a later subscription', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const before = await buildNotification(api, ana);
    const line = await openLine(url, ana.accessToken);

    const between = await buildNotification(api, ana);
    line.say(subscribing('1'));
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

  it.each([
    ['without a token', undefined, 'NO_TOKEN'],
    ['with an empty token', { accessToken: '' }, 'NO_TOKEN'],
    ['with a token that is no text', { accessToken: { a: 1 } }, 'NO_TOKEN'],
    ['with a made-up token', { accessToken: 'made.up.token' }, 'TOKEN_INVALID'],
  ])('a socket %s is closed with 4401', async (_, payload, reason) => {
    const api = await testApp();
    const line = await openSocket(await listen(api));

    line.say({ type: 'connection_init', payload });

    expect(await line.closed).toEqual({ code: 4401, reason });
    expect(line.messages).toEqual([]);
  });

  it('a socket is closed with 4401 on logout, without further events', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);
    line.say(subscribing('1'));

    await api.as(ana).run(Logout);
    await buildNotification(api, ana);

    expect(await line.closed).toEqual({ code: 4401, reason: 'TOKEN_REVOKED' });
    expect(line.messages).toEqual([{ type: 'connection_ack' }]);
  });

  it('a socket is closed with 4401 when another process revokes the session', async () => {
    const here = await testApp();
    const there = await testApp({ dataDir: here.config.dataDir });
    const ana = await buildPerson(here, 'ana');
    const line = await openLine(await listen(there), ana.accessToken);

    await here.as(ana).run(Logout);

    expect(await line.closed).toEqual({ code: 4401, reason: 'TOKEN_REVOKED' });
  });

  it('a socket is closed with 4401 when its token expires, and a renewed one opens another', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);
    line.say(subscribing('1'));
    const missed = await buildNotification(api, ana);
    await until(() => line.messages.length === 2);

    itIs(inMinutes(61));

    expect(await line.closed).toEqual({ code: 4401, reason: 'TOKEN_EXPIRED' });
    const again = await openSocket(url);
    again.say({
      type: 'connection_init',
      payload: { accessToken: ana.accessToken },
    });
    expect(await again.closed).toMatchObject({ reason: 'TOKEN_EXPIRED' });
    const fresh = api.services.tokens.sign({
      userId: ana.user.id,
      sessionId: ana.sessionId,
      sessionEnd: inMinutes(120),
    });
    const line2 = await openLine(url, fresh.accessToken);
    expect(line2.messages).toEqual([{ type: 'connection_ack' }]);
    const all = await api.as(fresh).run<
      {
        myNotifications: { edges: { node: { id: string } }[] };
      },
      never
    >('{ myNotifications { edges { node { id } } } }');
    expect(all.data.myNotifications.edges).toEqual([
      { node: { id: missed.id } },
    ]);
    line2.socket.close();
  });

  it.each([
    ['a query', '{ me { id } }', 'BAD_USER_INPUT'],
    ['a mutation', 'mutation { logout { loggedOut } }', 'BAD_USER_INPUT'],
    ['what cannot be parsed', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    [
      'more than 1000 tokens',
      `subscription { ${'a '.repeat(1000)} }`,
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      'an unknown field',
      'subscription { notificationReceived { nam } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'the schema',
      'subscription { __schema { types { name } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'two subscriptions in one',
      'subscription { a: notificationReceived { id } b: notificationReceived { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'what is too deep',
      `subscription { notificationReceived { ${'neighborhood { viewerMembership { '.repeat(5)} id ${'}'.repeat(12)}`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'what costs too much',
      'subscription { notificationReceived { neighborhood { members(first: 50) { edges { node { neighborhood { invites { createdBy { id } } } } } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
    [
      'too many aliases',
      `subscription { notificationReceived { ${Array.from({ length: 16 }, (_, i) => `a${i}: id`).join(' ')} } }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'fragments within fragments',
      `subscription { notificationReceived { ...F0 } }
       ${Array.from({ length: 30 }, (_, i) => `fragment F${i} on Notification { actor { id } ...F${i + 1} ... { ...F${i + 1} } }`).join(' ')}
       fragment F30 on Notification { id }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a variable that is missing',
      'subscription ($no: Boolean!) { notificationReceived { id @skip(if: $no) } }',
      'BAD_USER_INPUT',
    ],
    [
      'nothing at all',
      'subscription { notificationReceived @skip(if: true) { id } }',
      'BAD_USER_INPUT',
    ],
    [
      'only fragments',
      'fragment F on User { id }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('a socket refuses %s and stays open', async (_, query, code) => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);

    line.say(subscribing('1', query));
    await until(() => line.messages.length > 1);
    line.say({ type: 'ping' });
    await until(() => line.messages.length > 2);

    const [, refusal, pong] = line.messages as {
      payload: { extensions: unknown }[];
    }[];
    expect(refusal).toMatchObject({ id: '1', type: 'error' });
    expect(refusal?.payload[0]?.extensions).toEqual({ code });
    expect(pong).toEqual({ type: 'pong' });
    expect(JSON.stringify(line.messages)).not.toMatch(/Did you mean|stack/);
    line.socket.close();
  });

  it('a socket runs ten concurrent operations', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);
    for (let id = 1; id <= 11; id++) line.say(subscribing(String(id)));
    await until(() => line.messages.length > 1);

    expect(line.messages[1]).toMatchObject({
      id: '11',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }],
    });
    line.say({ id: '1', type: 'complete' });
    line.say(subscribing('12'));
    await buildNotification(api, ana);
    await until(() => line.messages.length >= 2 + 10);
    expect(
      line.messages
        .slice(2)
        .map(({ id }) => Number(id))
        .sort((a, b) => a - b),
    ).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
    line.socket.close();
  });

  it('a socket that sends too large a message is closed', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);

    line.say(subscribing('1', `${SUBSCRIBE}${' '.repeat(30_000)}`));

    expect(await line.closed).toMatchObject({ code: 1009 });
  });

  it.each([
    ['what is no JSON', 'hello', 4400],
    ['what only servers say', { type: 'connection_ack' }, 4400],
    ['to subscribe before who it is', subscribing('1'), 4401],
  ])('a socket that sends %s is closed', async (_, message, code) => {
    const api = await testApp();
    const line = await openSocket(await listen(api));

    line.say(message);

    expect(await line.closed).toMatchObject({ code });
  });

  it('a socket without connection_init is closed', async () => {
    const api = await testApp();
    const line = await openSocket(await listen(api));

    expect(await line.closed).toMatchObject({ code: 4408 });
  });

  it('a socket with another protocol is closed', async () => {
    const api = await testApp();
    const url = await listen(api);

    const refused = new Promise((_, reject) => {
      new WebSocket(url, 'graphql-ws').once('error', reject);
    });

    await expect(refused).rejects.toThrow('no subprotocol');
  });

  it.each([
    ['a page of ours', (host: string) => `http://${host}`, 'open'],
    ['a page that is configured', () => 'https://app.example.org', 'open'],
    ['the Sandbox', () => 'https://studio.apollographql.com', 'open'],
    ['another page', () => 'https://evil.example', 403],
    ['no page', () => 'null', 403],
    [
      'a page with a name like ours',
      (host: string) => `http://${host}.evil.example`,
      403,
    ],
  ])('a socket of %s is accepted or refused', async (_, origin, expected) => {
    const api = await testApp({ corsOrigins: ['https://app.example.org'] });
    const url = await listen(api);
    const socket = new WebSocket(url, 'graphql-transport-ws', {
      headers: { origin: origin(new URL(url).host) },
    });

    const outcome = await new Promise((resolve) => {
      socket.once('open', () => {
        resolve('open');
      });
      socket.once('unexpected-response', (_, { statusCode }) => {
        resolve(statusCode);
      });
      socket.on('error', () => undefined);
    });

    expect(outcome).toBe(expected);
    socket.terminate();
  });

  it('a socket of the Sandbox is refused where the Sandbox is off', async () => {
    const api = await testApp({ sandbox: false });
    const url = await listen(api);

    const opened = openSocket(url, {
      headers: { origin: 'https://studio.apollographql.com' },
    });

    await expect(opened).rejects.toThrow('403');
  });

  it('a socket at another path is refused', async () => {
    const api = await testApp();
    const url = await listen(api);

    const opened = openSocket(url.replace('/graphql', '/nowhere'));

    await expect(opened).rejects.toThrow('404');
  });

  it('a socket is closed when the server stops, which does not wait for it', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);
    line.say(subscribing('1'));
    const silent = await openSocket(url);

    await api.close();

    expect(await line.closed).toMatchObject({ code: 1001 });
    expect(await silent.closed).toMatchObject({ code: 1001 });
  });

  it('a socket is terminated when its client sends requests but reads no responses', async () => {
    const api = await testApp();
    const url = await listen(api);
    const line = await openSocket(url);
    line.socket.pause();

    const payload = { echo: 'x'.repeat(19_000) };
    await until(() => {
      for (let i = 0; i < 20; i++) line.say({ type: 'ping', payload });
      return api.http.websocketServer.clients.size === 0;
    });

    line.socket.terminate();
  });

  it('a user may have fifty sockets', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    const lines = await Promise.all(
      Array.from({ length: 50 }, () => openLine(url, ana.accessToken)),
    );

    const another = await openLine(url, ana.accessToken);

    expect(await another.closed).toMatchObject({ code: 4429 });
    const other = await openLine(url, ben.accessToken);
    expect(other.messages).toEqual([{ type: 'connection_ack' }]);
    for (const { socket } of [...lines, other]) socket.close();
  });

  it('a socket is closed when its client reads nothing', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);

    // Nobody has subscribed: all of this waits.
    for (let i = 0; i < 101; i++) await buildNotification(api, ana);

    expect(await line.closed).toMatchObject({ code: 1013 });
  });
});

describe('over HTTP', () => {
  it('subscriptions over HTTP are refused', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    const answer = await api.as(ana).run(SUBSCRIBE);

    expect(answer.status).toBe(400);
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
