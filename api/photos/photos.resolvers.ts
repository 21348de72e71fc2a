import type { Resolvers } from '../generated/types';
import { toPhotoUrl } from './photoUrls';

/** Photos and their signed addresses. */
export const photoResolvers = {
  Photo: {
    url: ({ id }, { size }, { signatures }) =>
      toPhotoUrl(signatures, { id, size: size ?? 'SMALL' }, new Date()),
    absoluteUrl: ({ id }, { size }, { signatures, publicUrl }) =>
      new URL(toPhotoUrl(signatures, { id, size }, new Date()), publicUrl).href,
  },
  User: {
    photo: ({ photoId }, _, { loaders }) =>
      photoId ? loaders.photos.load(photoId) : null,
  },
} satisfies Resolvers;
