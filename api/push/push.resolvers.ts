import type { Resolvers } from '../generated/types';
import { translateFor } from '../language/readerLanguage';
import { deviceName } from '../sessions/deviceName';
import { readDeliverySettings } from '../topics/topics';
import { addPushDevice, removePushDevice } from './pushDevices';
import { readPushDevices } from './pushDevices.reads';

/** Resolvers of the browsers that get pushes. */
export const pushResolvers = {
  Mutation: {
    async addPushDevice(_, { input }, context) {
      const { em, viewer, push } = context;
      await addPushDevice(em, viewer, input, push.hosts);
      return { settings: await readDeliverySettings(context), errors: [] };
    },
    async removePushDevice(_, { input: { deviceId } }, context) {
      const { em, viewer } = context;
      await removePushDevice(em, viewer.userId, deviceId);
      return { settings: await readDeliverySettings(context), errors: [] };
    },
  },
  DeliverySettings: {
    devices: ({ userId }, _, { reads }) => readPushDevices(reads, userId),
    pushKey: (_, __, { push }) => push.publicKey,
  },
  PushDevice: {
    device: ({ userAgent }, _, context) =>
      translateFor(context, deviceName(userAgent)),
    current: ({ sessionId }, _, { viewer }) => sessionId === viewer?.sessionId,
  },
} satisfies Resolvers;
