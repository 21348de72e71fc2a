import { useQuery } from '@apollo/client/react';
import { UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../paths';
import { UNREAD_NOTIFICATIONS } from './unreadNotifications';
import styles from './NotificationBell.module.css';

/** Link to the notifications, with the number of unread ones. */
export function NotificationBell() {
  const { data } = useQuery(UNREAD_NOTIFICATIONS);
  const count = data?.unreadNotificationCount ?? 0;
  return (
    <UnstyledButton
      component={Link}
      to={paths.notifications}
      className={styles.bell}
      aria-label={bellLabel(count)}
    >
      <IconBell size={24} stroke={1.7} aria-hidden="true" />
      {count > 0 && (
        <span className={styles.count} aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </UnstyledButton>
  );
}

function bellLabel(count: number): string {
  if (count === 0) return 'Notifications';
  return `${count} new ${count === 1 ? 'notification' : 'notifications'}`;
}
