import { Navigate, Outlet, useLocation } from 'react-router';
import { paths, withNext } from '../paths';
import { useSession } from '../session/session';
import { PageSkeleton } from '../ui/PageSkeleton';

/** Guards pages that need a login: visitors log in first and then return. */
export function RequireUser() {
  const { status } = useSession();
  const { pathname, search, hash } = useLocation();

  switch (status) {
    case 'unknown':
      return <PageSkeleton />;
    case 'visitor': {
      const here = `${pathname}${search}${hash}`;
      return <Navigate to={withNext(paths.login, here)} replace />;
    }
    case 'loggedIn':
      return <Outlet />;
  }
}
