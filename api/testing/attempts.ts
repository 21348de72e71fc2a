import { createCounter } from '../limits/counter';
import { Login } from './operations';
import type { Caller, TestApi } from './testApp';
import { untranslated } from '../language/text';

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

/** Counts attempts at once, as if they had been made within the last moments. */
export const fillAttempts = (
  { services: { orm } }: Pick<TestApi, 'services'>,
  name: string,
  key: string,
  count: number,
) =>
  createCounter(
    {
      orm,
      onError(error) {
        throw error;
      },
    },
    { name, times: count, seconds: 3600, refusal: untranslated('') },
  ).add(key, count);
