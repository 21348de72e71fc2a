import { AccountMenu } from './AccountMenu';
import { LiveNotifications } from './LiveNotifications';
import { NeighborhoodSwitcher } from './NeighborhoodSwitcher';
import { NotificationBell } from './NotificationBell';

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
