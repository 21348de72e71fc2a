import { graphql } from '../apollo/graphql';

/** Number of unread notifications, and the newest notification, which shows whether there are new ones. */
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
