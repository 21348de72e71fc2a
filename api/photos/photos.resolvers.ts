import { Unauthenticated } from '../errors';
import type { Resolvers } from '../generated/types';
import { toPhotoUrl } from './photoUrls';
import { changeProfile } from './changeProfile';

/** Pictures, and where to get them; and a person's profile, of which one is a part. */
export const photoResolvers: Resolvers = {
  Mutation: {
    async updateProfile(_, { input }, { viewer, em, loaders }) {
      const user = await changeProfile(em, viewer.userId, input);
      // The account was deleted a moment ago, and its sessions with it.
      if (!user) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
      loaders.reachable.clear(user.id);
      return { user, errors: [] };
    },
  },
  Photo: {
    url: ({ id }, { size }, { signatures }) =>
      toPhotoUrl(signatures, { id, size: size ?? 'SMALL' }, new Date()),
  },
  User: {
    photo: ({ photoId }, _, { loaders }) =>
      photoId ? loaders.photos.load(photoId) : null,
  },
};
