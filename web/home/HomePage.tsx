import { Suspense, lazy } from 'react';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Welcome } from './Welcome';
import { useSession } from '../session/session';

/** Fetched when somebody turns out to live here, so that visitors need not wait for it. */
export const fetchDashboard = () => import('./DashboardPage');

const Dashboard = lazy(async () => ({
  default: (await fetchDashboard()).DashboardPage,
}));

/** The first page: what this is for visitors, what is new for neighbors. */
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
