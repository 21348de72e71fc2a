import { validate as isUuid } from 'uuid';
import { countDays, dayIn } from '../calendar';
import { toConnection, toPage } from '../pagination';
import type { Context } from '../context';
import { toWords } from '../database/searchWords';
import { BadUserInput } from '../errors';
import type { ItemFilter, Resolvers } from '../generated/types';
import { readInTurn } from '../limits/searches';
import { clearLoaders } from '../loaders';
import { retireItem } from '../loans/retireItem';
import { daysAroundToday, busyDays, isFreeToday } from './availability';
import { itemActions } from './item.entity';
import { createItem, pauseItem, resumeItem, updateItem } from './items';
import {
  readItem,
  readItems,
  readOwnItems,
  type ItemSelection,
} from './items.reads';

/** Maximum number of days of a calendar. */
const MAX_SPAN_DAYS = 366;

/** Reads back the item that a verb made or changed. */
async function payload({ loaders }: Context, verb: Promise<string>) {
  const id = await verb;
  clearLoaders(loaders);
  return { item: await loaders.items.load(id), errors: [] };
}

/** @throws BadUserInput where the days are in the wrong order, or too many */
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
 * Returns the days on which the filter requires an item to be free, with today in the neighborhood;
 * null without such days.
 * @throws BadUserInput where only one of the two days is given, or the span is invalid
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

/** Resolvers of items. */
export const itemResolvers = {
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
      const { reads, viewer } = context;
      const selection = { words, category, ownerId, free };
      const items = await readInTurn(context, words, () =>
        readItems(reads, viewer.userId, neighborhoodId, selection, page),
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
    createItem: (_, { input }, context) =>
      payload(context, createItem(context.em, context.viewer.userId, input)),
    updateItem: (_, { input }, context) =>
      payload(context, updateItem(context.em, context.viewer.userId, input)),
    pauseItem: (_, { input }, context) =>
      payload(context, pauseItem(context.em, context.viewer.userId, input.id)),
    resumeItem: (_, { input }, context) =>
      payload(context, resumeItem(context.em, context.viewer.userId, input.id)),
    retireItem: (_, { input }, context) =>
      payload(context, retireItem(context.em, context.viewer.userId, input)),
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
} satisfies Resolvers;
