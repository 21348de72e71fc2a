import { useNavigate } from 'react-router';
import { drafts } from '../session/drafts';
import { paths } from '../paths';
import { useSessionStore } from '../session/session';

/**
 * Ends the session of this tab and shows the start page, after a logout or a deletion.
 * @returns a function to call once the server has ended the session
 */
export function useLogoutRedirect(): (state?: {
  farewell: true;
}) => Promise<void> {
  const session = useSessionStore();
  const navigate = useNavigate();
  return async (state) => {
    // Leave the protected page first: without a session it would redirect to the login.
    await navigate(paths.home, { flushSync: true, state });
    drafts.keepOnly(null);
    session.logOut();
  };
}
