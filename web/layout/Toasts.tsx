import { Notifications } from '@mantine/notifications';

/** Where toasts appear. Loaded after the page: there is none to show before. */
export function Toasts() {
  return <Notifications position="top-center" limit={3} />;
}
