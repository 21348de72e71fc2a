import { useNavigate } from 'react-router';
import { drafts } from '../session/drafts';
import { paths } from '../paths';
import { useSessionStore } from '../session/session';

/** Where a user arrives who has left: the page says why. */
const PAGES = {
  loggedOut: paths.login,
  farewell: paths.home,
};

/**
 * Ends the session of this tab: shows the login page after a logout, and the start page after the
 * account was deleted.
 * @returns a function to call once the server has ended the session
 */
export function useLogoutRedirect(): (
  reason: keyof typeof PAGES,
) => Promise<void> {
  const session = useSessionStore();
  const navigate = useNavigate();
  return async (reason) => {
    // Leave the protected page first: without a session it would ask for a login to come back.
    await navigate(PAGES[reason], {
      flushSync: true,
      state: { [reason]: true },
    });
    drafts.keepOnly(null);
    session.logOut();
  };
}
