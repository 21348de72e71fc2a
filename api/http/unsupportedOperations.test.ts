import { JSON_TYPE, post, testServer } from '../testing/http';

/** Posts a body to a new server. @returns status and code of the answer */
async function codeOf(body: object) {
  const { url } = await testServer();
  const response = await post(url, JSON.stringify(body), {
    ...JSON_TYPE,
    accept: 'application/graphql-response+json',
  });
  const { errors } = (await response.json()) as {
    errors: { extensions: { code: string } }[];
  };
  return [response.status, errors.map(({ extensions }) => extensions.code)];
}

it.each([
  ['no name of an operation', undefined],
  ['the name of another one', 'Three'],
])('a document with two operations and %s is refused', async (_, name) => {
  expect(
    await codeOf({
      query: 'query One { __typename } query Two { __typename }',
      operationName: name,
    }),
  ).toEqual([400, ['BAD_USER_INPUT']]);
});

it('a persisted query is refused with the code that tells clients to send the text', async () => {
  expect(
    await codeOf({
      extensions: {
        persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) },
      },
    }),
  ).toEqual([200, ['PERSISTED_QUERY_NOT_SUPPORTED']]);
});
