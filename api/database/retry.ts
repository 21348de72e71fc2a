import { setTimeout as pause } from 'node:timers/promises';

/** Most attempts at a step of the start that conflicts with another process: over ten seconds in all. */
const MAX_ATTEMPTS = 11;

/**
 * Repeats work that conflicts with another process starting on the same database.
 * @param isHopeless tells whether an error will not pass
 */
export async function retry<T>(
  work: () => Promise<T>,
  isHopeless: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || isHopeless(error)) throw error;
      await pause(attempt * 200);
    }
  }
}
