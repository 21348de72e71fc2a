import { useQuery } from '@apollo/client/react';
import { UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../paths';
import './notifications.css';
import { UNREAD_NOTIFICATIONS } from './unreadNotifications';

/** How many notifications are unread, and the way to them. */
export function NotificationBell() {
  const { data } = useQuery(UNREAD_NOTIFICATIONS);
  const count = data?.unreadNotificationCount ?? 0;
  return (
    <UnstyledButton
      component={Link}
      to={paths.notifications}
      className="bell"
      aria-label={bellLabel(count)}
    >
      <IconBell size={24} stroke={1.7} aria-hidden="true" />
      {count > 0 && (
        <span className="bell-count" aria-hidden="true">
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
