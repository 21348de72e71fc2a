import { validate as isUuid } from 'uuid';
import type { Context, SignedInContext } from '../context';
import type { Resolvers } from '../generated/types';
import { blockUser, unblockUser, type FindPerson } from './blocks';
import { readBlocked } from './blocks.reads';

const visibleTo =
  ({ loaders }: Context): FindPerson =>
  (userId) =>
    loaders.people.load(userId);

type BlockInput = { input: { userId: string } };

async function block(
  _: unknown,
  { input: { userId } }: BlockInput,
  context: SignedInContext,
) {
  const { em, viewer, loaders } = context;
  const id = await blockUser(em, viewer.userId, userId, visibleTo(context));
  return {
    user: await loaders.blockedUsers.clear(id).load(id),
    errors: [],
  };
}

async function unblock(
  _: unknown,
  { input: { userId } }: BlockInput,
  context: SignedInContext,
) {
  const { em, viewer, loaders } = context;
  const blocked = isUuid(userId)
    ? await loaders.blockedUsers.load(userId.toLowerCase())
    : null;
  const id = await unblockUser(em, viewer.userId, userId, visibleTo(context));
  // Users who are not neighbors any more keep the names of the block.
  const visible = await loaders.people.clear(id).load(id);
  return { user: visible ?? blocked, errors: [] };
}

/** Resolvers of blocks between people. */
export const blockResolvers = {
  Query: {
    myBlocks: (_, __, { reads, viewer }) => readBlocked(reads, viewer.userId),
  },
  Mutation: {
    blockUser: block,
    blockPerson: block,
    unblockUser: unblock,
    unblockPerson: unblock,
  },
  User: {
    blockedByViewer: ({ id }, _, { loaders }) => loaders.blocked.load(id),
  },
} satisfies Resolvers;
