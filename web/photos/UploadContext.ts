import { createContext, use } from 'react';

/** A picture that the server has taken, ready to be used by its id. */
export type UploadedPhoto = {
  id: string;
  /** Where its small size is. */
  url: string;
};

/** Why a picture was not taken, as a sentence for whoever chose it. */
export class UploadError extends Error {
  override name = 'UploadError';
}

/** How an upload is watched, and stopped. */
export type UploadOptions = {
  /** Called with how much of it is on its way, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
};

/**
 * Uploads a picture for whoever is logged in. Throws UploadError with the reason, an
 * AbortError where it was stopped, and IdentityChangedError where somebody else is at the
 * keyboard by now.
 */
export type UploadPhoto = (
  file: File,
  options?: UploadOptions,
) => Promise<UploadedPhoto>;

/** Hands the way to upload down to the components. */
export const UploadContext = createContext<UploadPhoto | null>(null);

/** How to upload a picture. Throws outside `UploadContext`. */
export function useUploadPhoto(): UploadPhoto {
  const upload = use(UploadContext);
  if (!upload) throw new Error('UploadContext is missing');
  return upload;
}
