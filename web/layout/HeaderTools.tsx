import { AccountMenu } from './AccountMenu';
import { LiveNotifications } from '../notifications/LiveNotifications';
import { NeighborhoodSwitcher } from '../neighborhoods/NeighborhoodSwitcher';
import { NotificationBell } from '../notifications/NotificationBell';

/** What stands at the top of every page for somebody who is logged in. */
export function HeaderTools() {
  return (
    <>
      <NeighborhoodSwitcher />
      <NotificationBell />
      <AccountMenu />
      <LiveNotifications />
    </>
  );
}
