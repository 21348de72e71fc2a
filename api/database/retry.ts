import { setTimeout as pause } from 'node:timers/promises';

/** Most attempts at a step of the start that conflicts with another process: over ten seconds in all. */
const MAX_ATTEMPTS = 11;

/** Repeats work that conflicts with another process starting on the same database. */
export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) throw error;
      await pause(attempt * 200);
    }
  }
}
