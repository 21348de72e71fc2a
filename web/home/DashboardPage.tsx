import { useQuery } from '@apollo/client/react';
import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import { LoadError } from '../ui/LoadError';
import { GetStarted } from '../neighborhoods/GetStarted';
import { NeighborhoodNews } from './NeighborhoodNews';
import { Page } from '../ui/Page';
import { RecipeGridSkeleton } from '../recipes/RecipeCard';
import { TaskList, useTasks } from '../tasks/TaskList';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';

const DASHBOARD = graphql(`
  query Dashboard {
    me {
      id
      name
      about
    }
  }
`);

/** Start page of a user: open tasks, and what is new. */
export function DashboardPage() {
  const neighborhoods = useNeighborhoods();
  const { data, error, refetch } = useQuery(DASHBOARD);
  const tasks = useTasks();

  if (!data || neighborhoods.loading || neighborhoods.error) {
    const problem = error ?? neighborhoods.error;
    const retry = () => Promise.all([refetch(), neighborhoods.refetch()]);
    return (
      <Page title={t('home.hello')} size="lg">
        {problem ? (
          <LoadError error={problem} retry={retry} />
        ) : (
          <RecipeGridSkeleton count={3} />
        )}
      </Page>
    );
  }

  const { me } = data;
  const { current, memberships } = neighborhoods;
  return (
    <Page
      title={t('home.helloName', { name: me.name })}
      lead={
        current
          ? t('home.lead', { neighborhood: current.name })
          : t('home.leadWithout')
      }
      size="lg"
    >
      <TaskList tasks={tasks} />
      {/* Loads at the same time, but appears after the tasks, which would push it down. */}
      <div hidden={!tasks.data && !tasks.error}>
        {current ? (
          <NeighborhoodNews
            key={current.id}
            neighborhoodId={current.id}
            isIntroduced={me.about !== ''}
            isAlone={current.memberCount === 1}
          />
        ) : (
          <GetStarted memberships={memberships} />
        )}
      </div>
    </Page>
  );
}
