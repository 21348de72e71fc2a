import { useQuery } from '@apollo/client/react';
import { UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatNumber } from '../languages/formats';
import { t } from '../languages/texts';
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
      aria-label={
        count === 0
          ? t('notifications.title')
          : t('notifications.newCount', { count })
      }
    >
      <IconBell size={24} stroke={1.7} aria-hidden="true" />
      {count > 0 && (
        <span className={styles.count} aria-hidden="true">
          {count > 99 ? t('notifications.manyNew') : formatNumber(count)}
        </span>
      )}
    </UnstyledButton>
  );
}
