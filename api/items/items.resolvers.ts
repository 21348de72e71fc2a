import { validate as isUuid } from 'uuid';
import { countDays, dayIn, type Day } from '../calendar';
import { toConnection, toPage } from '../pagination';
import type { Context } from '../context';
import { toWords } from '../database/searchWords';
import { BadUserInput } from '../errors';
import { untranslated } from '../language/text';
import type { ItemFilter, Resolvers } from '../generated/types';
import { readInTurn } from '../limits/searches';
import { clearLoaders } from '../loaders';
import { retireItem } from '../loans/retireItem';
import { renamedId } from '../renamedId';
import { busyDays, occupationProblemOf, startProblemOf } from './availability';
import { itemActions, type Item } from './item.entity';
import { createItem, pauseItem, resumeItem, updateItem } from './items';
import {
  readItem,
  readItems,
  readOwnItems,
  type ItemSelection,
} from './items.reads';

/** Filter that selects no items. */
const NEVER = Symbol('never');

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
    throw new BadUserInput(
      untranslated('The first day must not be after the last'),
    );
  if (days > MAX_SPAN_DAYS + 1)
    throw new BadUserInput(
      untranslated(
        `The last day must be at most ${MAX_SPAN_DAYS} days after the first`,
      ),
    );
}

/**
 * Returns the days on which items have to be free according to the filter, with today in the
 * neighborhood; null without such days; NEVER where no loan can begin on the first of them, or the
 * viewer is no member.
 * @throws BadUserInput where only one of the two days is given, or the span is invalid
 */
async function toFree(
  filter: ItemFilter | null | undefined,
  neighborhoodId: string,
  { loaders }: Context,
): Promise<ItemSelection['free'] | typeof NEVER> {
  const { availableFrom: from, availableTo: to } = filter ?? {};
  if (!from && !to) return null;
  if (!from || !to)
    throw new BadUserInput(
      untranslated('"availableFrom" and "availableTo" only go together'),
    );
  assertSpan(from, to);
  const membership = await loaders.ownMemberships.load(neighborhoodId);
  if (!membership) return NEVER;
  const timeZone = await loaders.timeZones.load(neighborhoodId);
  const today = dayIn(timeZone, new Date());
  return startProblemOf(from, today) ? NEVER : { from, to, today };
}

/** Lists the days of a span on which an item is not free, and those of them on which it rests. */
async function busyDaysOf(
  { id, timeZone, bufferDays, isTitleOnly }: Item,
  { from, to }: { from: Day; to: Day },
  { loaders }: Context,
) {
  assertSpan(from, to);
  if (isTitleOnly) return { busy: [], resting: [] };
  const occupation = await loaders.occupations.during(from, to).load(id);
  const today = dayIn(timeZone, new Date());
  return busyDays(from, to, { bufferDays, ...occupation }, today);
}

type ListArguments = {
  filter?: ItemFilter | null;
  first: number;
  after?: string | null;
};

/** Lists the items of a neighborhood that the viewer can see. */
async function listItems(
  id: string,
  { filter, ...args }: ListArguments,
  context: Context,
) {
  const page = toPage(args);
  const { ownerId, category } = filter ?? {};
  const words = toWords(filter?.search);
  const { reads, viewer } = context;
  const isNowhere = !isUuid(id) || (ownerId && !isUuid(ownerId));
  if (!viewer || isNowhere || words?.length === 0)
    return toConnection<Item>([], page);
  const neighborhoodId = id.toLowerCase();
  const free = await toFree(filter, neighborhoodId, context);
  if (free === NEVER) return toConnection<Item>([], page);
  const selection = { words, category, ownerId, free };
  const items = await readInTurn({ ...context, viewer }, words, () =>
    readItems(reads, viewer.userId, neighborhoodId, selection, page),
  );
  return toConnection(items, page);
}

/** Resolvers of items. */
export const itemResolvers = {
  Query: {
    items: (_, { neighborhoodId, ...args }, context) =>
      listItems(neighborhoodId, args, context),
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
      payload(
        context,
        updateItem(context.em, context.viewer.userId, {
          ...input,
          id: renamedId(input, 'itemId'),
        }),
      ),
    pauseItem: (_, { input }, context) =>
      payload(
        context,
        pauseItem(
          context.em,
          context.viewer.userId,
          renamedId(input, 'itemId'),
        ),
      ),
    resumeItem: (_, { input }, context) =>
      payload(
        context,
        resumeItem(
          context.em,
          context.viewer.userId,
          renamedId(input, 'itemId'),
        ),
      ),
    retireItem: (_, { input }, context) =>
      payload(
        context,
        retireItem(context.em, context.viewer.userId, {
          ...input,
          id: renamedId(input, 'itemId'),
        }),
      ),
  },
  Neighborhood: {
    items: ({ id }, args, context) => listItems(id, args, context),
  },
  Item: {
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
    owner: ({ owner, ownerId }, _, { loaders }) =>
      owner ?? loaders.namedPeople.load(ownerId),
    photos: ({ id, isTitleOnly }, _, { loaders }) =>
      isTitleOnly ? [] : loaders.itemPhotos.load(id),
    pickupNote: ({ ownerId, pickupNote }, _, { viewer }) =>
      viewer?.userId === ownerId && pickupNote !== '' ? pickupNote : null,
    async availableToday(
      { id, timeZone, bufferDays, isTitleOnly },
      _,
      { loaders },
    ) {
      if (isTitleOnly) return false;
      const occupation = await loaders.occupations.today().load(id);
      const today = dayIn(timeZone, new Date());
      const item = { bufferDays, ...occupation };
      return occupationProblemOf(today, today, item, today) === null;
    },
    busyDays: async (item, span, context) =>
      (await busyDaysOf(item, span, context)).busy,
    restDays: async (item, span, context) =>
      (await busyDaysOf(item, span, context)).resting,
    viewerActions: async (item, _, { loaders, viewer }) =>
      itemActions(item, viewer?.userId, await loaders.itemFacts.load(item.id)),
  },
} satisfies Resolvers;
