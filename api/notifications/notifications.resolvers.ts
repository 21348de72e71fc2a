import { assertNewNameAlone } from '../renamedId';
import { toConnection, toPage } from '../pagination';
import type { Resolvers } from '../generated/types';
import type { Notification } from './notification.entity';
import { markNotificationsRead } from './notifications';
import {
  countUnread,
  readNotifications,
  readNotificationsByIds,
} from './notifications.reads';

/** Resolvers of notifications. */
export const notificationResolvers = {
  Query: {
    async myNotifications(_, args, { reads, viewer }) {
      const page = toPage(args);
      return toConnection(
        await readNotifications(reads, viewer.userId, page),
        page,
      );
    },
    unreadNotificationCount: (_, __, { reads, viewer }) =>
      countUnread(reads, viewer.userId),
  },
  Mutation: {
    async markNotificationsRead(_, { input }, { em, reads, viewer }) {
      const { userId } = viewer;
      const { ids: old, notificationIds } = input;
      assertNewNameAlone('ids', old, 'notificationIds', notificationIds);
      const ids = await markNotificationsRead(
        em,
        userId,
        notificationIds ?? old ?? null,
      );
      return {
        notifications: await readNotificationsByIds(reads, userId, ids),
        unreadNotificationCount: await countUnread(reads, userId),
        errors: [],
      };
    },
  },
  Subscription: {
    notificationReceived: {
      subscribe(_, __, { inbox }) {
        if (!inbox) throw new Error('Subscribed without a socket');
        return inbox.listen();
      },
      resolve: (notification: Notification) => notification,
    },
  },
  Notification: {
    withdrawn: ({ withdrawnAt }) => withdrawnAt !== null,
    actor: ({ actorId }, _, { loaders }) =>
      actorId ? loaders.people.load(actorId) : null,
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      neighborhoodId ? loaders.neighborhoods.load(neighborhoodId) : null,
  },
} satisfies Resolvers;
