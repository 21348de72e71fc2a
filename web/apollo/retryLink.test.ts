import { gql } from '@apollo/client';
import { ApolloLink } from '@apollo/client/link';
import { waitFor } from '@testing-library/dom';
import type { Observable } from 'rxjs';
import { of, throwError } from 'rxjs';
import { createConnection } from '../session/connection';
import { createSession } from '../session/session';
import { createClient } from './client';
import { createRenewal } from './renewal';

const away = () => throwError(() => new TypeError('Failed to fetch'));
const unable = () =>
  of<ApolloLink.Result>({
    errors: [{ message: 'Later', extensions: { code: 'SERVICE_UNAVAILABLE' } }],
  });

/** A server that is away for the first tries, or unable to answer. */
function setUp(
  triesInVain: number,
  inVain: () => Observable<ApolloLink.Result> = away,
) {
  const session = createSession();
  const connection = createConnection();
  const server = { tries: 0 };
  const client = createClient({
    session,
    connection,
    renew: createRenewal(session),
    terminating: new ApolloLink(() => {
      server.tries += 1;
      return server.tries <= triesInVain
        ? inVain()
        : of({ data: { __typename: 'Query' } });
    }),
  });
  return { client, connection, server };
}

test.each([
  ['that reached nobody', away],
  ['that could not be answered just then', unable],
])(
  'a query %s is retried, immediately when the browser is online again',
  async (_, inVain) => {
    const { client, connection, server } = setUp(1, inVain);
    const answer = client.query({
      fetchPolicy: 'network-only',
      query: gql`
        query Ping {
          __typename
        }
      `,
    });
    await waitFor(() => expect(connection.get()).toBe('away'));
    window.dispatchEvent(new Event('online'));
    await answer;
    expect(connection.get()).toBe('fine');
    expect(server.tries).toBe(2);
  },
);

test.each([
  ['when nobody answers', away, 'Failed to fetch', 'away'],
  ['when it cannot be done just now', unable, 'Later', 'fine'],
])('a mutation is never sent twice, %s', async (_, inVain, says, state) => {
  const { client, connection, server } = setUp(1, inVain);
  const answer = client.mutate({
    mutation: gql`
      mutation Share {
        __typename
      }
    `,
  });
  await expect(answer).rejects.toThrow(says);
  expect(connection.get()).toBe(state);
  expect(server.tries).toBe(1);
});
