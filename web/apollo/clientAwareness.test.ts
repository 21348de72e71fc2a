import { gql } from '@apollo/client';
import { version } from '../../package.json';
import { createConnection } from '../session/connection';
import { createSession } from '../session/session';
import { createClient } from './client';
import { createRenewal } from './renewal';

test('each request says that it comes from the app, and from which version', async () => {
  const session = createSession();
  const sent = jest.fn<Promise<Response>, Parameters<typeof fetch>>(() =>
    Promise.resolve({
      status: 200,
      headers: new Map([['content-type', 'application/json']]),
      text: () =>
        Promise.resolve('{ "data": { "unreadNotificationCount": 0 } }'),
    } as unknown as Response),
  );
  globalThis.fetch = sent;
  const client = createClient({
    session,
    connection: createConnection(),
    renew: createRenewal(session),
  });

  await client.query({
    query: gql`
      query Unread {
        unreadNotificationCount
      }
    `,
  });

  expect(sent.mock.calls[0]?.[1]?.headers).toMatchObject({
    'apollographql-client-name': 'neighborshare-web',
    'apollographql-client-version': version,
  });
});
