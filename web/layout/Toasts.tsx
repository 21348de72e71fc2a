import { Notifications } from '@mantine/notifications';

import styles from './Toasts.module.css';

/** Container of toasts, loaded after the page. They leave the header and the bar at the bottom free. */
export function Toasts() {
  return (
    <Notifications
      position="bottom-center"
      limit={2}
      className={`${styles.toasts} no-print`}
    />
  );
}
