import { Suspense, lazy } from 'react';
import { loadAllTexts } from '../languages/load';
import { PageSkeleton } from '../ui/Loading';
import { Welcome } from './Welcome';
import { useSession } from '../session/session';

/** Loads the dashboard's code, which visitors do not need. */
export const fetchDashboard = () => import('./DashboardPage');

const Dashboard = lazy(async () => {
  const [{ DashboardPage }] = await Promise.all([
    fetchDashboard(),
    loadAllTexts(),
  ]);
  return { default: DashboardPage };
});

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
