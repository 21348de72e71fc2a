import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { VisuallyHidden, Anchor } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { notifications } from '@mantine/notifications';
import type { MouseEvent } from 'react';
import { graphql } from '../apollo/graphql';
import { prependNode, type CachedConnection } from '../apollo/prependNode';
import type {
  NotificationKind,
  NotificationReceivedSubscription,
} from '../generated/types';
import { MESSAGE_BUBBLE } from '../messages/MessageBubble';
import { NOTIFICATION_LINE } from './NotificationLine';
import { LOAN_STATE, refetchDependentQueries } from '../loans/loanState';
import {
  isAboutDueDate,
  notificationMessage,
  notificationPath,
} from './notificationMessages';
import { addToThread } from '../messages/threadCache';
import { UNREAD_NOTIFICATIONS } from './unreadNotifications';
import { useMarkRead } from './useMarkRead';
import { renderIsolates } from '../languages/isolate';

const NOTIFICATION_RECEIVED = graphql(
  `
    subscription NotificationReceived {
      notificationReceived {
        id
        kind
        count
        withdrawn
        actor {
          id
          name
        }
        loan {
          id
          item {
            id
            title
          }
          borrower {
            id
            name
          }
          viewerRole
          ...LoanState_loan
        }
        message {
          id
          ...MessageBubble_message
        }
        neighborhood {
          id
          name
        }
        ...NotificationLine_notification
      }
    }
  `,
  [LOAN_STATE, MESSAGE_BUBBLE, NOTIFICATION_LINE],
);

type ReceivedNotification =
  NotificationReceivedSubscription['notificationReceived'];

/** Delay before refetching, so that several simultaneous notifications cause one refetch. */
const REFETCH_DELAY_MS = 300;

/**
 * Receives notifications while a user is logged in and updates the open page. Notifications about
 * other pages are shown as toasts.
 */
export function LiveNotifications() {
  const client = useApolloClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { markOne } = useMarkRead();
  const [announcement, setAnnouncement] = useState('');

  const announce = useEffectEvent((news: ReceivedNotification) => {
    const message = notificationMessage(news);
    const path = notificationPath(news);
    const isOnScreen =
      path === pathname && document.visibilityState === 'visible';
    if (isOnScreen) {
      setAnnouncement(message);
      void markOne(news.id);
    } else showNotificationToast(message, path, (to) => void navigate(to));
  });

  useEffect(() => {
    let moment: ReturnType<typeof setTimeout> | undefined;
    const refresh = (news: ReceivedNotification) => {
      clearTimeout(moment);
      moment = setTimeout(
        () => void refreshAfter(client, news).catch(() => undefined),
        REFETCH_DELAY_MS,
      );
    };
    const stop = listen(client, (news) => {
      if (!news.withdrawn) announce(news);
      refresh(news);
    });
    return () => {
      stop();
      clearTimeout(moment);
    };
  }, [client]);

  return <VisuallyHidden role="status">{announcement}</VisuallyHidden>;
}

/**
 * A loan is part of its notification, and so is a message, but of several messages only the last. A
 * changed membership affects every page.
 */
function refreshAfter(
  client: ApolloClient,
  { loan, message, count }: ReceivedNotification,
): Promise<unknown> {
  return loan
    ? refetchDependentQueries(
        client,
        message && count > 1 ? ['LoanThread'] : [],
      )
    : client.refetchQueries({ include: 'active' });
}

/** Calls back for each notification, once it is in the cache. Returns a function that stops it. */
function listen(
  client: ApolloClient,
  onNews: (news: ReceivedNotification) => void,
) {
  const before = newestId(client, 'cache-first');
  let hasListened = false;

  /** Fetches missed notifications: since the page was loaded, or since the connection was lost. */
  const catchUp = async () => {
    const isBack = hasListened;
    hasListened = true;
    if (isBack || (await before) !== (await newestId(client, 'network-only')))
      await client.refetchQueries({ include: 'active' });
  };

  const listening = client
    .subscribe({
      query: NOTIFICATION_RECEIVED,
      context: {
        // After a failure, the page that needs the data fetches it.
        listening: () => void catchUp().catch(() => undefined),
      },
    })
    .subscribe(({ data }) => {
      if (!data) return;
      const news = data.notificationReceived;
      removeReplaced(client, news);
      if (!news.withdrawn) addToList(client, news.id);
      if (news.loan && news.message)
        addToThread(client.cache, news.loan.id, news.message.id);
      onNews(news);
    });
  return () => listening.unsubscribe();
}

async function newestId(
  client: ApolloClient,
  fetchPolicy: 'cache-first' | 'network-only',
): Promise<string | null> {
  const { data } = await client.query({
    query: UNREAD_NOTIFICATIONS,
    fetchPolicy,
    errorPolicy: 'ignore',
  });
  return data?.myNotifications.edges[0]?.node.id ?? null;
}

/** Removes from the loaded lists what a notification replaces: the unread one about the same, or itself. */
function removeReplaced(
  { cache }: ApolloClient,
  { id, kind, loan, count, withdrawn }: ReceivedNotification,
): void {
  const isDue = isAboutDueDate(kind);
  if (count === 1 && !withdrawn && !isDue) return;
  const isSameKind = (other: NotificationKind | undefined) =>
    other === kind || (isDue && other !== undefined && isAboutDueDate(other));
  cache.modify<{ myNotifications: CachedConnection }>({
    fields: {
      myNotifications: (list, { readField, isReference }) => {
        const isReplaced = (node: unknown) => {
          if (!isReference(node)) return false;
          if (withdrawn) return readField('id', node) === id;
          const about = readField('loan', node);
          const aboutId = isReference(about) ? readField('id', about) : null;
          return (
            readField('readAt', node) === null &&
            isSameKind(readField<NotificationKind>('kind', node)) &&
            aboutId === (loan?.id ?? null)
          );
        };
        const connection = list as CachedConnection;
        return {
          ...connection,
          edges: connection.edges.filter(({ node }) => !isReplaced(node)),
        };
      },
    },
  });
}

/** Prepends a notification to the loaded lists, unless they already contain it. */
function addToList({ cache }: ApolloClient, id: string): void {
  cache.modify<{ myNotifications: CachedConnection }>({
    fields: {
      myNotifications: (list, { toReference }) => {
        const node = toReference({ __typename: 'Notification', id });
        if (!node) return list;
        return prependNode(list as CachedConnection, 'NotificationEdge', node);
      },
    },
  });
}

/**
 * Shows a toast about an action of a neighbor, with a link to its page.
 * @param path the page of its subject; null if there is none
 * @param open navigates to that page. Toasts are outside of the router, so they cannot contain links.
 */
function showNotificationToast(
  sentence: string,
  path: string | null,
  open: (path: string) => void,
): void {
  const id = notifications.show({
    message:
      path == null ? (
        renderIsolates(sentence)
      ) : (
        <Anchor
          href={path}
          fw={600}
          className="wrap-anywhere"
          onClick={(event: MouseEvent) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            notifications.hide(id);
            open(path);
          }}
        >
          {renderIsolates(sentence)}
        </Anchor>
      ),
    withBorder: true,
    autoClose: 8000,
  });
}
