import { SignUp } from './operations';
import type { Answer, TestApi } from './testApp';

/** Valid input of `signUp`. */
export const ANA = { username: 'Ana', password: 'a quiet street', name: 'Ana' };

/** Extracts the cookie of a response, as a browser would send it. */
export const cookieOf = (answer: Answer<unknown>) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? '';

/** Calls `signUp`. @returns the response, and the fields of the payload */
export async function signUp(
  api: TestApi,
  input: Partial<typeof ANA> & { about?: string; email?: string | null } = {},
) {
  const answer = await api.anonymous.run(SignUp, {
    input: { ...ANA, ...input },
  });
  return { answer, ...answer.data.signUp };
}
