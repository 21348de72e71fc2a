import type { UploadPhoto, UploadedPhoto } from './UploadContext';
import { UploadError } from './UploadContext';
import { asUser, type Speaker } from '../apollo/asUser';
import type { PhotoAnswer, SendPhoto } from './sendPhoto';

/** As the API says it; asked before ten megabytes have crossed the air for nothing. */
const MAX_BYTES = 10 * 1024 * 1024;
const TOO_LARGE = 'The picture is too large: it may have 10 MB at most';
const UNREACHABLE =
  'We cannot reach NeighborShare right now. Please try again in a moment.';

/** How this tab uploads pictures for whoever is logged in. */
export function createPhotoUpload({
  send,
  ...speaker
}: Speaker & { send: SendPhoto }): UploadPhoto {
  return async (file, options = {}) => {
    if (file.size > MAX_BYTES) throw new UploadError(TOO_LARGE);
    const answer = await asUser(speaker, async (accessToken) => {
      try {
        return await send(file, accessToken, options);
      } catch (error) {
        if (options.signal?.aborted === true) throw error;
        throw new UploadError(UNREACHABLE, { cause: error });
      }
    });
    return readAnswer(answer);
  };
}

function readAnswer({ photo, errors }: PhotoAnswer): UploadedPhoto {
  if (photo) return { id: photo.id, url: photo.url };
  throw new UploadError(errors?.[0]?.message ?? UNREACHABLE);
}
