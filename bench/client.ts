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
 * Logs in. The API answers logins in the order of arrival, so that no earlier login is running
 * afterwards.
 *
 * @returns an access token
 * @throws with the response if it contains no token
 */
export async function login(api: Server): Promise<string> {
  return tokenIn(await post(`${api.url}/graphql`, loginBody()), 'login');
}

/** Returns the request body of the login. */
export function loginBody(): string {
  return bodyOf('login', { input: person });
}

function tokenIn({ body }: Answer, field: 'signUp' | 'login'): string {
  const { data } = JSON.parse(body) as {
    data?: Partial<Record<typeof field, { accessToken?: string } | null>>;
  };
  const token = data?.[field]?.accessToken;
  if (!token) throw new Error(`${field} gave no token: ${body}`);
  return token;
}
