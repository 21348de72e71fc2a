import type { Resolvers } from '../generated/types';
import { readDeliverySettings } from '../topics/topics';
import { sendTestMessage } from './sendTestMessage';

/** Resolvers of deliveries. */
export const deliveryResolvers = {
  Mutation: {
    async sendTestMessage(_, { input: { channel } }, context) {
      const { userId } = context.viewer;
      return {
        sentCount: await sendTestMessage(context, userId, channel),
        settings: await readDeliverySettings(context),
        errors: [],
      };
    },
  },
} satisfies Resolvers;
