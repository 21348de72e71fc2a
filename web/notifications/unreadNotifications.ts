import { graphql } from '../apollo/graphql';

/** How many notifications are unread, and which is the newest: whether anything has happened since. */
export const UNREAD_NOTIFICATIONS = graphql(`
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
`);
