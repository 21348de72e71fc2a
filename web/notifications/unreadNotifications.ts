import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@apollo/client';
import type {
  UnreadNotificationsQuery,
  UnreadNotificationsQueryVariables,
} from '../generated/types';

/** How many notifications are unread, and which is the newest: whether anything has happened since. */
export const UNREAD_NOTIFICATIONS: TypedDocumentNode<
  UnreadNotificationsQuery,
  UnreadNotificationsQueryVariables
> = gql`
  query UnreadNotifications {
    unreadNotificationCount
    myNotifications(first: 1) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`;
