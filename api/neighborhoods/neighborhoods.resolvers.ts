import { validate as isUuid } from 'uuid';
import { dayIn } from '../calendar';
import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import { clearLoaders } from '../loaders';
import { toConnection, toPage } from '../pagination';
import { createNeighborhood, updateNeighborhood } from './neighborhoods';
import { readNeighborhood, readOpenNeighborhoods } from './neighborhoods.reads';

/** Maximum number of words of a search; the rest is ignored. */
const MAX_SEARCH_WORDS = 5;

/** Reads back the neighborhood that a verb made or changed. */
async function payload({ loaders }: Context, verb: Promise<string>) {
  const id = await verb;
  clearLoaders(loaders);
  return { neighborhood: await loaders.neighborhoods.load(id), errors: [] };
}

/** Resolvers of neighborhoods. */
export const neighborhoodResolvers: Resolvers = {
  Query: {
    neighborhood: (_, { id }, { reads, viewer }) =>
      isUuid(id) ? readNeighborhood(reads, viewer.userId, id) : null,
    async neighborhoods(_, { search, ...args }, { reads, viewer }) {
      const page = toPage(args);
      const words = (search ?? '').split(/\s+/).filter(Boolean);
      return toConnection(
        await readOpenNeighborhoods(
          reads,
          viewer.userId,
          words.slice(0, MAX_SEARCH_WORDS),
          page,
        ),
        page,
      );
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
        updateNeighborhood(context.em, context.viewer.userId, input),
      ),
  },
  Neighborhood: {
    today: ({ timeZone }) => dayIn(timeZone, new Date()),
    memberCount: ({ id }, _, { loaders }) => loaders.memberCounts.load(id),
  },
};
