import { Login } from './operations';
import type { Caller } from './testApp';

/** Calls `login`. @returns the whole response */
export const logIn = (caller: Caller, username: string, password: string) =>
  caller.run(Login, { input: { username, password } });

/** Repeats work, one run after the other. @returns the results */
export const repeat = async <T>(
  count: number,
  work: () => Promise<T>,
): Promise<T[]> => {
  const results: T[] = [];
  while (results.length < count) results.push(await work());
  return results;
};
