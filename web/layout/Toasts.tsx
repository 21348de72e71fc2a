import { Notifications } from '@mantine/notifications';

/** Container of toasts, loaded after the page. */
export function Toasts() {
  return <Notifications position="top-center" limit={3} />;
}
