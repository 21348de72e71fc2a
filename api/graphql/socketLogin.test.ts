import { buildNotification, buildPerson } from '../testing/buildPeople';
import { listen, openSocket, subscribeMessage, until } from '../testing/live';
import { testApp } from '../testing/testApp';

describe('logging in to a socket', () => {
  it.each([
    ['with a made-up token', { accessToken: 'made.up.token' }, 'TOKEN_INVALID'],
    [
      'with a made-up header',
      { Authorization: 'Bearer made.up.token' },
      'TOKEN_INVALID',
    ],
    ['with half a header', { Authorization: 'Bearer' }, 'BAD_HEADER'],
  ])(
    'a socket that connects %s is closed with 4401',
    async (_, payload, reason) => {
      const api = await testApp();
      const line = await openSocket(await listen(api));

      line.say({ type: 'connection_init', payload });

      expect(await line.closed).toEqual({ code: 4401, reason });
      expect(line.messages).toEqual([]);
    },
  );

  it.each<[string, (token: string) => object]>([
    ['accessToken', (accessToken) => ({ accessToken })],
    ['Authorization', (token) => ({ Authorization: `Bearer ${token}` })],
    ['authorization', (token) => ({ authorization: `bearer ${token}` })],
    ['headers', (token) => ({ headers: { Authorization: `Bearer ${token}` } })],
    [
      'an empty accessToken beside a header',
      (token) => ({ accessToken: '', AUTHORIZATION: `Bearer ${token}` }),
    ],
  ])('a socket can send its token as %s', async (_, params) => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const line = await openSocket(await listen(api));

    line.say({ type: 'connection_init', payload: params(ana.accessToken) });
    await until(() => line.messages.length > 0);
    line.say(subscribeMessage('1'));
    const { id } = await buildNotification(api, ana);
    await until(() => line.messages.length > 1);

    expect(JSON.stringify(line.messages[1])).toContain(id);
    line.socket.close();
  });

  it.each([
    ['nothing', undefined],
    ['an empty token', { accessToken: '' }],
    ['a token that is not a string', { accessToken: { a: 1 } }],
    ['another scheme', { Authorization: 'Basic abc' }],
  ])(
    'a socket that connects with %s is acknowledged, and its subscription refused',
    async (_, payload) => {
      const api = await testApp();
      const line = await openSocket(await listen(api));

      line.say({ type: 'connection_init', payload });
      await until(() => line.messages.length > 0);
      line.say(subscribeMessage('1'));
      await until(() => line.messages.length > 1);

      expect(line.messages).toMatchObject([
        { type: 'connection_ack' },
        {
          id: '1',
          type: 'error',
          payload: [
            { extensions: { code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' } },
          ],
        },
      ]);
      line.socket.close();
    },
  );
});
