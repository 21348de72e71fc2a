import { validate as isUuid } from 'uuid';
import { countDays, dayIn } from '../calendar';
import { toConnection, toPage } from '../pagination';
import type { Context } from '../context';
import { toWords } from '../database/search';
import { BadUserInput } from '../errors';
import type { ItemFilter, Resolvers } from '../generated/types';
import { daysAroundToday, busyDays, isFreeToday } from './availability';
import { itemActions } from './item.entity';
import { createItem, pauseItem, resumeItem, updateItem } from './items';
import {
  readItem,
  readItems,
  readOwnItems,
  type ItemSelection,
} from './items.reads';

/** How far a calendar may reach. */
const MAX_SPAN_DAYS = 366;

/** What a verb changed, as the answer to its mutation; what was read before it is no longer so. */
async function payload({ id }: { id: string }, { loaders }: Context) {
  for (const loader of Object.values(loaders)) loader.clearAll();
  return { item: await loaders.items.load(id), errors: [] };
}

/** @throws BadUserInput where the days are the wrong way round, or too many */
function assertSpan(from: string, to: string): void {
  const days = countDays(from, to);
  if (days < 1)
    throw new BadUserInput('The first day must not be after the last');
  if (days > MAX_SPAN_DAYS + 1)
    throw new BadUserInput(
      `The last day must be at most ${MAX_SPAN_DAYS} days after the first`,
    );
}

/**
 * The days that a filter wants an item to be free on, and today there; null where it wants none.
 * @throws BadUserInput where only one of the two is given, or they make no span
 */
async function toFree(
  filter: ItemFilter | null | undefined,
  neighborhoodId: string,
  { loaders }: Context,
): Promise<ItemSelection['free']> {
  const { availableFrom: from, availableTo: to } = filter ?? {};
  if (!from && !to) return null;
  if (!from || !to)
    throw new BadUserInput(
      '"availableFrom" and "availableTo" only go together',
    );
  assertSpan(from, to);
  const membership = await loaders.ownMemberships.load(neighborhoodId);
  if (!membership) return null;
  const { timeZone } = await loaders.neighborhoods.load(neighborhoodId);
  return { from, to, today: dayIn(timeZone, new Date()) };
}

/** Things to lend. */
export const itemResolvers: Resolvers = {
  Query: {
    async items(_, { filter, ...args }, context) {
      const page = toPage(args);
      const { ownerId, category } = filter ?? {};
      const words = toWords(filter?.search);
      const isNowhere =
        !isUuid(args.neighborhoodId) || (ownerId && !isUuid(ownerId));
      if (isNowhere || words?.length === 0) return toConnection([], page);
      const neighborhoodId = args.neighborhoodId.toLowerCase();
      const free = await toFree(filter, neighborhoodId, context);
      const items = await readItems(
        context.reads,
        context.viewer.userId,
        neighborhoodId,
        { words, category, ownerId, free },
        page,
      );
      return toConnection(items, page);
    },
    item: (_, { id }, { reads, viewer }) =>
      isUuid(id) ? readItem(reads, viewer.userId, id) : null,
    async myItems(_, { status, ...args }, { reads, viewer }) {
      const page = toPage(args);
      const items = await readOwnItems(
        reads,
        viewer.userId,
        status ?? null,
        page,
      );
      return toConnection(items, page);
    },
  },
  Mutation: {
    createItem: async (_, { input }, context) =>
      payload(
        await createItem(context.em, context.viewer.userId, input),
        context,
      ),
    updateItem: async (_, { input }, context) =>
      payload(
        await updateItem(context.em, context.viewer.userId, input),
        context,
      ),
    pauseItem: async (_, { input }, context) =>
      payload(
        await pauseItem(context.em, context.viewer.userId, input.id),
        context,
      ),
    resumeItem: async (_, { input }, context) =>
      payload(
        await resumeItem(context.em, context.viewer.userId, input.id),
        context,
      ),
  },
  Item: {
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
    photos: ({ id }, _, { loaders }) => loaders.itemPhotos.load(id),
    pickupNote: ({ ownerId, pickupNote }, _, { viewer }) =>
      viewer?.userId === ownerId ? pickupNote : null,
    async availableToday({ id, timeZone }, _, { loaders }) {
      const occupation = await loaders.occupations
        .during(...daysAroundToday())
        .load(id);
      return isFreeToday(occupation, dayIn(timeZone, new Date()));
    },
    async busyDays({ id, timeZone }, { from, to }, { loaders }) {
      assertSpan(from, to);
      const occupation = await loaders.occupations.during(from, to).load(id);
      return busyDays(occupation, from, to, dayIn(timeZone, new Date()));
    },
    viewerActions: async (item, _, { loaders, viewer }) =>
      itemActions(item, viewer?.userId, await loaders.itemFacts.load(item.id)),
  },
};
