import type { Resolvers } from '../generated/types';
import {
  readDeliverySettings,
  updateDeliverySettings,
  updateTopic,
} from './topics';
import { readTopics } from './topics.reads';
import { unsubscribe } from './unsubscribe';

/** Resolvers of topics and of the settings for how they reach a user. */
export const topicResolvers = {
  Query: {
    myDeliverySettings: (_, __, context) => readDeliverySettings(context),
  },
  Mutation: {
    async updateTopic(_, { input }, context) {
      const { topic, push = null, mail = null } = input;
      const { em, viewer } = context;
      await updateTopic(em, viewer.userId, topic, { push, mail });
      return { settings: await readDeliverySettings(context), errors: [] };
    },
    async updateDeliverySettings(_, { input }, context) {
      const { quietNights, messagePreviews } = input;
      const { em, viewer } = context;
      await updateDeliverySettings(em, viewer.userId, {
        ...(quietNights != null && { quietNights }),
        ...(messagePreviews != null && { messagePreviews }),
      });
      return { settings: await readDeliverySettings(context), errors: [] };
    },
    async unsubscribe(_, { input: { token } }, context) {
      const topic = await unsubscribe(context, token);
      return { unsubscribed: true, topic, errors: [] };
    },
  },
  DeliverySettings: {
    // Only a user's own settings are ever read.
    topics: ({ userId }, _, { reads }) => readTopics(reads, userId),
  },
} satisfies Resolvers;
