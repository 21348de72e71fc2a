import { validate as isUuid } from 'uuid';
import { dayIn } from '../calendar';
import type { Context } from '../context';
import { toWords } from '../database/searchWords';
import type { Resolvers } from '../generated/types';
import { readInTurn } from '../limits/searches';
import { clearLoaders } from '../loaders';
import { toConnection, toPage } from '../pagination';
import { renamedId } from '../renamedId';
import { neighborhoodActions } from './membershipRules';
import type { Neighborhood } from './neighborhood.entity';
import { createNeighborhood, updateNeighborhood } from './neighborhoods';
import { readNeighborhood, readOpenNeighborhoods } from './neighborhoods.reads';

/** Reads back the neighborhood that a verb made or changed. */
async function payload({ loaders }: Context, verb: Promise<string>) {
  const id = await verb;
  clearLoaders(loaders);
  return { neighborhood: await loaders.neighborhoods.load(id), errors: [] };
}

/** Resolvers of neighborhoods. */
export const neighborhoodResolvers = {
  Query: {
    neighborhood: (_, { id }, { reads, viewer }) =>
      isUuid(id) ? readNeighborhood(reads, viewer.userId, id) : null,
    async neighborhoods(_, { search, ...args }, context) {
      const page = toPage(args);
      const words = toWords(search);
      if (words?.length === 0) return toConnection<Neighborhood>([], page);
      const { reads, viewer } = context;
      const found = await readInTurn(context, words, () =>
        readOpenNeighborhoods(reads, viewer.userId, words, page),
      );
      return toConnection(found, page);
    },
  },
  Mutation: {
    createNeighborhood: (_, { input }, context) =>
      payload(
        context,
        createNeighborhood(context.em, context.viewer.userId, input),
      ),
    updateNeighborhood: (_, { input }, context) =>
      payload(
        context,
        updateNeighborhood(context.em, context.viewer.userId, {
          ...input,
          id: renamedId(input, 'neighborhoodId'),
        }),
      ),
  },
  Neighborhood: {
    today: ({ timeZone }) => dayIn(timeZone, new Date()),
    memberCount: ({ id }, _, { loaders }) => loaders.memberCounts.load(id),
    viewerActions: async (neighborhood, _, { loaders }) =>
      neighborhoodActions(
        await loaders.ownMemberships.load(neighborhood.id),
        neighborhood,
      ),
  },
} satisfies Resolvers;
