import type { Server } from './servers';
import { bodyOf, headersOf } from './operations';

/** The person in whose name everything is measured. */
export const person = {
  username: 'bench',
  password: 'a long walk along the canal',
};

/** An answer, as it came. */
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
 * Signs the person up at the API.
 *
 * @returns an access token
 * @throws with the API's answer if there is none in it
 */
export function signUp(api: Server): Promise<string> {
  return signUpAs(api, person.username);
}

/**
 * Signs up at the API.
 *
 * @returns an access token
 * @throws with the API's answer if there is none in it
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
 * Logs the person in. The API answers logins in the order in which they came, so
 * when this one is answered, none from before is under way any more.
 *
 * @returns an access token
 * @throws with the API's answer if there is none in it
 */
export async function login(api: Server): Promise<string> {
  return tokenIn(await post(`${api.url}/graphql`, loginBody()), 'login');
}

/** The body of the login of the person. */
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
