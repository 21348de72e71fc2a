import type { Server } from './servers';
import { bodyOf, headersOf } from './operations';

/** Account of the measured requests. */
export const person = {
  username: 'bench',
  password: 'a long walk along the canal',
};

/** Status and text of a response. */
export interface Answer {
  status: number;
  body: string;
}

/** Sends one request, as the load does. */
export async function post(
  url: string,
  body: string,
  token?: string,
): Promise<Answer> {
  const headers = headersOf(token);
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}

/**
 * Signs up the account of the bench.
 *
 * @returns an access token
 * @throws with the response if it contains no token
 */
export function signUp(api: Server): Promise<string> {
  return signUpAs(api, person.username);
}

/**
 * Signs up at the API.
 *
 * @returns an access token
 * @throws with the response if it contains no token
 */
export async function signUpAs(api: Server, username: string): Promise<string> {
  const about = 'Lives on the canal.';
  const input = { ...person, username, name: 'Ben Ch', about };
  return tokenIn(
    await post(`${api.url}/graphql`, bodyOf('signUp', { input })),
    'signUp',
  );
}

/**
 * Logs in. The API answers the logins of a name in the order of arrival, so that no earlier login is
 * running afterwards.
 *
 * @param body as `loginBody` returns it
 * @throws with the response if it contains no token
 */
export async function login(api: Server, body: string): Promise<void> {
  tokenIn(await post(`${api.url}/graphql`, body), 'login');
}

let accounts = 0;

/**
 * Signs up another account, as the logins of one are limited.
 *
 * @returns the request body of its login
 */
export async function loginBody(api: Server): Promise<string> {
  const username = `${person.username}-${++accounts}`;
  await signUpAs(api, username);
  return bodyOf('login', { input: { ...person, username } });
}

function tokenIn({ body }: Answer, field: 'signUp' | 'login'): string {
  const { data } = JSON.parse(body) as {
    data?: Partial<Record<typeof field, { accessToken?: string } | null>>;
  };
  const token = data?.[field]?.accessToken;
  if (!token) throw new Error(`${field} gave no token: ${body}`);
  return token;
}
