import { useNavigate } from 'react-router';
import { drafts } from '../session/drafts';
import { paths } from '../paths';
import { useSessionStore } from '../session/session';

/**
 * How to show the start page to somebody who has just logged out, or who has no account any more.
 * @returns a function that does it, once the server has ended the session
 */
export function useLogoutRedirect(): (state?: {
  farewell: true;
}) => Promise<void> {
  const session = useSessionStore();
  const navigate = useNavigate();
  return async (state) => {
    // Off the protected page first: it would lead to log in.
    await navigate(paths.home, { flushSync: true, state });
    drafts.keepOnly(null);
    session.logOut();
  };
}
