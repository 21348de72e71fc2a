import type { AddressInfo } from 'node:net';
import type { Person } from './buildPeople';
import { recordFailure } from './contractCoverage';
import { testApp, type TestApi, type TestAppOptions } from './testApp';

/** Starts a server that listens on a port of its own. */
export async function testServer(
  options?: TestAppOptions,
): Promise<{ api: TestApi; url: string }> {
  const api = await testApp(options);
  await api.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.http.server.address() as AddressInfo;
  return { api, url: `http://127.0.0.1:${port}` };
}

/** Headers of a JSON request. */
export const JSON_TYPE = { 'content-type': 'application/json' };

/** Posts a body to the API. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string> = JSON_TYPE,
): Promise<Response> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body,
  });
  recordFailure(await response.clone().text());
  return response;
}

/** Builds the body of a request that runs an operation. */
export const operation = (query: string, variables?: unknown) =>
  JSON.stringify({ query, variables });

/** Expects a response without internals: no stack, no file path, no SQL. */
export function expectNoLeak(body: string): void {
  expect(body).not.toMatch(
    /node_modules|\bat .+:\d+:\d+|SQLITE|select .+ from|TypeError|\.ts:/i,
  );
}

/** Authorization header of a user. */
export const bearer = ({ accessToken }: Pick<Person, 'accessToken'>) => ({
  authorization: `Bearer ${accessToken}`,
});

/** Calls `GET /export`. */
export const downloadExport = (
  { http }: TestApi,
  headers: Record<string, string> = {},
) => http.inject({ url: '/export', headers });
