import { createContext, use } from 'react';

/** All that somebody has given to NeighborShare, as a file to keep. */
export type OwnData = {
  file: Blob;
  /** What to call it. */
  name: string;
};

/** Why there is no file, as a sentence for whoever wanted it. */
export class DownloadError extends Error {
  override name = 'DownloadError';
}

/**
 * Fetches one's own data. Throws DownloadError with the reason, and IdentityChangedError where
 * somebody else is at the keyboard by now.
 */
export type FetchOwnData = () => Promise<OwnData>;

/** Hands the way to one's own data down to the components. */
export const OwnDataContext = createContext<FetchOwnData | null>(null);

/** How to fetch one's own data. Throws outside `OwnDataContext`. */
export function useFetchOwnData(): FetchOwnData {
  const fetchOwnData = use(OwnDataContext);
  if (!fetchOwnData) throw new Error('OwnDataContext is missing');
  return fetchOwnData;
}
