import { buildNotification, buildPerson } from '../testing/buildPeople';
import { inMinutes, itIs } from '../testing/clock';
import {
  listen,
  openLine,
  openSocket,
  until,
  SUBSCRIPTION,
  subscribeMessage,
} from '../testing/live';
import { Logout } from '../testing/operations';
import { testApp } from '../testing/testApp';

/** Starts a server, and opens an acknowledged socket for Ana. */
async function openSocketOfAna() {
  const api = await testApp();
  const url = await listen(api);
  const ana = await buildPerson(api, 'ana');
  return { api, url, ana, line: await openLine(url, ana.accessToken) };
}

describe('sockets', () => {
  it('a socket is closed with 4401 on logout, without further events', async () => {
    const { api, ana, line } = await openSocketOfAna();
    line.say(subscribeMessage('1'));

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

  it('a socket is closed with 4401 when its token expires, and a renewed token opens another', async () => {
    const { api, url, ana, line } = await openSocketOfAna();
    line.say(subscribeMessage('1'));
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
    [
      'a document that cannot be parsed',
      'subscription {',
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      'a document of more than 1000 tokens',
      `subscription { ${'a '.repeat(1000)} }`,
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      'an unknown field',
      'subscription { notificationReceived { nam } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'introspection',
      'subscription { __schema { types { name } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'an operation with two subscriptions',
      'subscription { a: notificationReceived { id } b: notificationReceived { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a subscription that is too deep',
      `subscription { notificationReceived { ${'neighborhood { viewerMembership { '.repeat(5)} id ${'}'.repeat(12)}`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a subscription that costs more than a hundred',
      'subscription { notificationReceived { neighborhood { members(first: 50) { edges { node { user { name } } } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a subscription that costs too much',
      'subscription { notificationReceived { neighborhood { members(first: 50) { edges { node { neighborhood { invites { createdBy { id } } } } } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a subscription with too many aliases',
      `subscription { notificationReceived { ${Array.from({ length: 16 }, (_, i) => `a${i}: id`).join(' ')} } }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a subscription with exponentially nested fragments',
      `subscription { notificationReceived { ...F0 } }
       ${Array.from({ length: 30 }, (_, i) => `fragment F${i} on Notification { actor { id } ...F${i + 1} ... { ...F${i + 1} } }`).join(' ')}
       fragment F30 on Notification { id }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a subscription without a required variable',
      'subscription ($no: Boolean!) { notificationReceived { id @skip(if: $no) } }',
      'BAD_USER_INPUT',
    ],
    [
      'a subscription that skips its only field',
      'subscription { notificationReceived @skip(if: true) { id } }',
      'BAD_USER_INPUT',
    ],
    [
      'a document of fragments only',
      'fragment F on User { id }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('a socket refuses %s and stays open', async (_, query, code) => {
    const { line } = await openSocketOfAna();

    line.say(subscribeMessage('1', query));
    await until(() => line.messages.length > 1);
    line.say({ type: 'ping' });
    await until(() => line.messages.length > 2);

    const [, refusal, pong] = line.messages as {
      payload: { extensions: unknown }[];
    }[];
    expect(refusal).toMatchObject({ id: '1', type: 'error' });
    expect(refusal?.payload[0]?.extensions).toEqual({ code });
    expect(pong).toEqual({ type: 'pong' });
    expect(JSON.stringify(line.messages)).not.toMatch(/stack/);
    line.socket.close();
  });

  it('a socket runs ten concurrent operations and refuses the eleventh', async () => {
    const { api, ana, line } = await openSocketOfAna();
    for (let id = 1; id <= 11; id++) line.say(subscribeMessage(String(id)));
    await until(() => line.messages.length > 1);

    expect(line.messages[1]).toMatchObject({
      id: '11',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }],
    });
    line.say({ id: '1', type: 'complete' });
    line.say(subscribeMessage('12'));
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

  it('a socket that sends a message of more than 20 kB is closed', async () => {
    const { line } = await openSocketOfAna();

    line.say(subscribeMessage('1', `${SUBSCRIPTION}${' '.repeat(30_000)}`));

    expect(await line.closed).toMatchObject({ code: 1009 });
  });

  it.each([
    ['invalid JSON', 'hello', 4400],
    ['a message reserved for servers', { type: 'connection_ack' }, 4400],
    ['a subscription before connection_init', subscribeMessage('1'), 4401],
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

  it('a stopping server closes its sockets without waiting for the clients', async () => {
    const { api, url, line } = await openSocketOfAna();
    line.say(subscribeMessage('1'));
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

  it('a user may have fifty sockets, and the next one is closed', async () => {
    const api = await testApp();
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    // At once, so that none is counted before the others ask.
    const lines = await Promise.all(
      Array.from({ length: 60 }, () => openLine(url, ana.accessToken)),
    );

    const refused = lines.filter(({ messages }) => messages.length === 0);
    expect(refused).toHaveLength(10);
    for (const { closed } of refused)
      expect(await closed).toMatchObject({ code: 4429 });
    const other = await openLine(url, ben.accessToken);
    expect(other.messages).toEqual([{ type: 'connection_ack' }]);
    for (const { socket } of [...lines, other]) socket.close();
  });

  it('a socket is closed when more than a hundred notifications are pending', async () => {
    const { api, ana, line } = await openSocketOfAna();

    // Notifications wait in the server as long as the client has not subscribed.
    for (let i = 0; i < 101; i++) await buildNotification(api, ana);

    expect(await line.closed).toMatchObject({ code: 1013 });
  });
});
