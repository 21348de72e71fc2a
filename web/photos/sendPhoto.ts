import type { UploadOptions, UploadedPhoto } from './UploadContext';

/** What `POST /photos` answers: the photo, or why there is none. */
export type PhotoAnswer = {
  photo?: UploadedPhoto;
  errors?: { message: string; extensions?: { code?: string } }[];
};

/** Sends a picture with a token. Throws where nobody answered who speaks for NeighborShare. */
export type SendPhoto = (
  file: File,
  accessToken: string,
  options: UploadOptions,
) => Promise<PhotoAnswer>;

/** Sends it over the network. `fetch` could not tell how far it has come. */
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
