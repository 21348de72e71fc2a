import { useMutation } from '@apollo/client/react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { runAction } from '../ui/useAction';
import { UNREAD_NOTIFICATIONS } from './unreadNotifications';

const MARK_NOTIFICATIONS_READ = graphql(
  `
    mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
      markNotificationsRead(input: $input) {
        notifications {
          id
          readAt
        }
        unreadNotificationCount
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Marks notifications as read. The screen changes at once, as a failure loses no data. */
export function useMarkRead() {
  const [mark, { client }] = useMutation(MARK_NOTIFICATIONS_READ, {
    update: (cache, { data }) => {
      const count = data?.markNotificationsRead?.unreadNotificationCount;
      if (count == null) return;
      cache.modify({
        fields: { unreadNotificationCount: () => count },
      });
    },
  });
  const unread = () =>
    client.readQuery({ query: UNREAD_NOTIFICATIONS })
      ?.unreadNotificationCount ?? 0;

  const send = (ids: string[] | null, shown: string[], left: number) =>
    runAction(async () => {
      await mark({
        variables: { input: { notificationIds: ids } },
        optimisticResponse: {
          markNotificationsRead: {
            __typename: 'MarkNotificationsReadPayload',
            notifications: shown.map((id) => ({
              __typename: 'Notification',
              id,
              readAt: new Date().toISOString(),
            })),
            unreadNotificationCount: left,
            errors: [],
          },
        },
      });
    });

  return {
    /** Marks one unread notification. */
    markOne: (id: string) => send([id], [id], Math.max(0, unread() - 1)),
    /** Marks all; the visible ones change at once. */
    markAll: (shown: string[]) => send(null, shown, 0),
  };
}
