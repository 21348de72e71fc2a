import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import { graphql } from '../apollo/graphql';
import type { NotificationLine_NotificationFragment } from '../generated/types';
import { rich, t } from '../languages/texts';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import { TimeAgo } from '../ui/TimeAgo';
import { notificationPath, notificationMessage } from './notificationMessages';
import styles from './NotificationLine.module.css';
import { renderIsolates } from '../languages/isolate';

/** Fields of a notification in the list. */
export const NOTIFICATION_LINE = graphql(
  `
    fragment NotificationLine_notification on Notification {
      id
      kind
      count
      createdAt
      readAt
      actor {
        id
        name
        ...PersonAvatar_user
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
      }
      message {
        id
        body
      }
      neighborhood {
        id
        name
      }
      report {
        id
        resolution
      }
    }
  `,
  [PERSON_AVATAR],
);

/** Notification with a link to the page that it is about. */
export function NotificationLine({
  notification,
  onOpen,
  takesFocus = false,
}: {
  notification: FragmentType<NotificationLine_NotificationFragment>;
  /** Called when the notification is opened. */
  onOpen: () => void;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus?: boolean;
}) {
  const link = useFocusOnMount<HTMLAnchorElement>(takesFocus);
  const { data, complete } = useFragment({
    fragment: NOTIFICATION_LINE,
    fragmentName: 'NotificationLine_notification',
    from: notification,
  });

  if (!complete) return null;
  const isNew = data.readAt == null;
  const path = notificationPath(data);
  const message = (
    <>
      {isNew && (
        <span className={styles.newBadge}>{t('notifications.new')}</span>
      )}
      {renderIsolates(notificationMessage(data))}
    </>
  );
  const words = data.message?.body ?? data.report?.resolution;

  return (
    <li className={styles.row} data-new={isNew || undefined}>
      {data.actor ? (
        <PersonAvatar user={data.actor} />
      ) : (
        <IconBell size={26} stroke={1.5} aria-hidden="true" />
      )}
      <div className={styles.text}>
        {path != null ? (
          <Link
            ref={link}
            to={path}
            className={`card-link ${styles.link}`}
            onClick={onOpen}
          >
            {message}
          </Link>
        ) : (
          <span>{message}</span>
        )}
        {words != null && words !== '' && (
          <Text size="sm" lineClamp={2} className="wrap-anywhere">
            {rich('notifications.quote', { words: <bdi>{words}</bdi> })}
          </Text>
        )}
        <Text size="sm" c="dimmed" component="div">
          <TimeAgo at={data.createdAt} />
        </Text>
      </div>
    </li>
  );
}
