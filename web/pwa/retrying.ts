import { OutdatedVersionError, isOutdated } from './version';

/** Pauses before code is fetched again, as while the server restarts. */
const RETRY_DELAYS_MS = [1000, 2000, 4000];

/**
 * Fetches a part of the app, and again if that fails.
 * @throws after the last time, or OutdatedVersionError once a newer version has taken the place of this one
 */
export async function retrying<Part>(
  fetchPart: () => Promise<Part>,
): Promise<Part> {
  for (const delay of RETRY_DELAYS_MS)
    try {
      return await fetchPart();
    } catch {
      if (await isOutdated().catch(() => false))
        throw new OutdatedVersionError();
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  return fetchPart();
}
