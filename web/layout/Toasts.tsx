import { Notifications } from '@mantine/notifications';
import { t } from '../languages/texts';
import { toastWithButton } from '../ui/toast';
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

/** Offers a newer version of the app, until it is loaded or the toast is closed. */
export function toastNewVersion(reload: () => unknown): void {
  toastWithButton(t('layout.newVersion'), {
    label: t('layout.reload'),
    onClick: reload,
    autoClose: false,
  });
}
