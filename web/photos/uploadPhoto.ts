import { createContext, use } from 'react';
import { languageInUse, t } from '../languages/texts';
import type { AuthFetchOptions, RouteAnswer } from '../apollo/authFetch';
import { authFetch } from '../apollo/authFetch';
import { RequestError } from '../errors';

/** The limit of the API, checked before 10 MB are sent in vain. */
const MAX_MEGABYTES = 10;

/** A photo that the server has stored, ready to be used by its id. `url` is of its small size. */
export type UploadedPhoto = { id: string; url: string };

/** Ways to watch and to stop an upload. */
export type UploadOptions = {
  /** Called with the share that has been sent, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
};

/** Uploads a photo for the current user. Throws as `authFetch` does. */
export type UploadPhoto = (
  file: File,
  options?: UploadOptions,
) => Promise<UploadedPhoto>;

/** The answer of `POST /photos`: the photo, or errors. */
export type PhotoAnswer = RouteAnswer & { photo?: UploadedPhoto };

/** Sends a photo with a token. Throws if the answer is not from the API. */
export type SendPhoto = (
  file: File,
  accessToken: string,
  options: UploadOptions,
) => Promise<PhotoAnswer>;

/** Creates the function that uploads photos for the current user. */
export const createPhotoUpload =
  ({ send, ...auth }: AuthFetchOptions & { send: SendPhoto }): UploadPhoto =>
  async (file, options = {}) => {
    if (file.size > MAX_MEGABYTES * 1024 * 1024)
      throw new RequestError(
        t('photos.tooLarge', { megabytes: MAX_MEGABYTES }),
      );
    const { photo } = await authFetch(
      auth,
      (accessToken) => send(file, accessToken, options),
      options.signal,
    );
    if (!photo)
      throw new Error('POST /photos answered neither photo nor errors');
    return { id: photo.id, url: photo.url };
  };

/** Sends a photo over the network: by XMLHttpRequest, as `fetch` cannot report progress. */
export const sendPhoto: SendPhoto = (
  file,
  accessToken,
  { onProgress, signal },
) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('photo', file);
    request.open('POST', '/photos');
    request.responseType = 'json';
    request.setRequestHeader('Authorization', `Bearer ${accessToken}`);
    request.setRequestHeader('Accept-Language', languageInUse());
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer: unknown = request.response;
      if (isAnswer(answer)) resolve(answer);
      else reject(new Error(`POST /photos answered ${request.status}`));
    };
    request.onerror = () => reject(new TypeError('POST /photos failed'));
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });

const isAnswer = (answer: unknown): answer is PhotoAnswer =>
  typeof answer === 'object' &&
  answer != null &&
  ('photo' in answer || 'errors' in answer);

/** Provides the current user's `UploadPhoto`. */
export const UploadContext = createContext<UploadPhoto | null>(null);

/** Returns the current user's `UploadPhoto`. Throws outside `UploadContext`. */
export function useUploadPhoto(): UploadPhoto {
  const upload = use(UploadContext);
  if (!upload) throw new Error('UploadContext is missing');
  return upload;
}
