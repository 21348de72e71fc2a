import { Suspense, lazy } from 'react';
import { PageSkeleton } from '../ui/Loading';
import { Welcome } from './Welcome';
import { useSession } from '../session/session';

/** Loads the dashboard's code, which visitors do not need. */
export const fetchDashboard = () => import('./DashboardPage');

const Dashboard = lazy(async () => ({
  default: (await fetchDashboard()).DashboardPage,
}));

/** Start page: an introduction for visitors, the dashboard for users. */
export function HomePage() {
  const { status } = useSession();
  switch (status) {
    case 'unknown':
      return <PageSkeleton />;
    case 'visitor':
      return <Welcome />;
    case 'loggedIn':
      return (
        <Suspense fallback={<PageSkeleton />}>
          <Dashboard />
        </Suspense>
      );
  }
}
