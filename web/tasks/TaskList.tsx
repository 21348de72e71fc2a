import { useQuery } from '@apollo/client/react';
import { Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import type { TaskUrgency, TasksQuery } from '../generated/types';
import { LoadError } from '../ui/LoadError';
import { Loading } from '../ui/Loading';
import { TASK_ROW, TaskRow } from './TaskRow';
import { t } from '../languages/texts';
import styles from './TaskList.module.css';

const TASKS = graphql(
  `
    query Tasks {
      myTasks {
        id
        urgency
        ...TaskRow_task
      }
    }
  `,
  [TASK_ROW],
);

/** Reads the tasks of the viewer, for `TaskList`. */
export function useTasks() {
  return useQuery(TASKS, { fetchPolicy: 'cache-and-network' });
}

/** Tasks of the viewer, the most urgent first. */
export function TaskList({
  tasks: { data, error, refetch },
}: {
  tasks: ReturnType<typeof useTasks>;
}) {
  return (
    <section aria-labelledby="tasks" className={styles.tasks}>
      <Title order={2} id="tasks" size="h3" mb="sm">
        {t('tasks.title')}
      </Title>
      {!data &&
        (error ? (
          <LoadError error={error} retry={refetch} />
        ) : (
          <Loading>
            <Skeleton height={88} radius="lg" />
          </Loading>
        ))}
      {data?.myTasks.length === 0 && (
        <Paper className="surface" p="md">
          <Group gap="sm" wrap="nowrap">
            <IconMoodSmile size={26} stroke={1.5} aria-hidden="true" />
            <Text c="dimmed">{t('tasks.none')}</Text>
          </Group>
        </Paper>
      )}
      {data &&
        groupByUrgency(data.myTasks).map(([urgency, tasks]) => (
          <div key={urgency} className={styles.group}>
            <Title
              order={3}
              size="h6"
              className={styles.urgency}
              data-overdue={urgency === 'OVERDUE' || undefined}
            >
              {t(`tasks.urgency.${urgency}`)}
            </Title>
            <Paper component="ul" className={`surface ${styles.list}`}>
              {tasks.map((task) => (
                <TaskRow key={task.id} task={task} />
              ))}
            </Paper>
          </div>
        ))}
    </section>
  );
}

type Task = TasksQuery['myTasks'][number];

/** Urgencies, the most urgent first. */
const URGENCIES: readonly TaskUrgency[] = ['OVERDUE', 'TODAY', 'SOON', 'LATER'];

/** The groups that are not empty, in the order in which they press. */
function groupByUrgency(
  tasks: readonly Task[],
): [urgency: TaskUrgency, tasks: Task[]][] {
  return URGENCIES.map((urgency): [TaskUrgency, Task[]] => [
    urgency,
    tasks.filter((task) => task.urgency === urgency),
  ]).filter(([, ofUrgency]) => ofUrgency.length > 0);
}
