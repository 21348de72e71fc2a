import { RenewPush } from '../deliveries/RenewPush';
import { AccountMenu } from './AccountMenu';
import { LiveNotifications } from '../notifications/LiveNotifications';
import { NeighborhoodSwitcher } from '../neighborhoods/NeighborhoodSwitcher';
import { NotificationBell } from '../notifications/NotificationBell';

/** Header controls for logged-in users. */
export function HeaderTools() {
  return (
    <>
      <NeighborhoodSwitcher />
      <NotificationBell />
      <AccountMenu />
      <LiveNotifications />
      <RenewPush />
    </>
  );
}
