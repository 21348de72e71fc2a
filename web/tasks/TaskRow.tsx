import type { FragmentType } from '@apollo/client';
import { useApolloClient, useFragment } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { IconFlag, IconUserPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import type { TaskRow_TaskFragment } from '../generated/types';
import { paths } from '../paths';
import { ItemPicture } from '../items/ItemPicture';
import { LOAN_ACTIONS_FRAGMENT, LoanActions } from '../loans/LoanActions';
import { MEMBER_ACTIONS, MemberActions } from '../neighborhoods/MemberActions';
import { formatRange } from '../ui/dates';
import { onDay } from '../loans/loanMessages';
import { refetchDependentQueries } from '../loans/loanState';
import type { TaskFacts } from './taskMessages';
import { dueMessage, TASK_MESSAGES } from './taskMessages';
import styles from './TaskRow.module.css';
import { rich } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';

/** Fields of a task and of its buttons. */
export const TASK_ROW = graphql(
  `
    fragment TaskRow_task on Task {
      id
      kind
      dueDate
      loan {
        id
        startDate
        dueDate
        item {
          id
          title
          category
          photos {
            id
            url
          }
        }
        borrower {
          id
          name
        }
        owner {
          id
          name
        }
        today
        extension {
          id
          newDueDate
        }
        ...LoanActions_loan
      }
      membership {
        id
        note
        user {
          id
          name
        }
        neighborhood {
          id
          name
          today
        }
        ...MemberActions_membership
      }
      report {
        id
        reason
        reporter {
          id
          name
        }
        neighborhood {
          id
          name
        }
      }
    }
  `,
  [LOAN_ACTIONS_FRAGMENT, MEMBER_ACTIONS],
);

/** Task with its buttons. */
export function TaskRow({
  task,
}: {
  task: FragmentType<TaskRow_TaskFragment>;
}) {
  const client = useApolloClient();
  const { data, complete } = useFragment({
    fragment: TASK_ROW,
    fragmentName: 'TaskRow_task',
    from: task,
  });
  if (!complete) return null;
  const { kind, loan, membership, report, dueDate } = data;
  const { message, actions } = TASK_MESSAGES[kind];
  const today = loan?.today;

  return (
    <li className={styles.row}>
      <TaskPicture task={data} />
      <div className={styles.text}>
        <Link to={taskPath(data)} className="plain-link wrap-anywhere">
          {renderIsolates(message(factsOf(data)))}
        </Link>
        {dueDate != null && today != null && (
          <Text size="sm" c="dimmed">
            {renderIsolates(dueMessage(kind, dueDate, today))}
          </Text>
        )}
        {membership?.note != null && (
          <Text size="sm" lineClamp={3} className="wrap-anywhere">
            {rich('tasks.quote', { text: <bdi>{membership.note}</bdi> })}
          </Text>
        )}
        {report && (
          <Text size="sm" lineClamp={2} className="wrap-anywhere">
            {rich('tasks.quote', { text: <bdi>{report.reason}</bdi> })}
          </Text>
        )}
        <div className={styles.actions}>
          {loan && <LoanActions loan={loan} only={actions} size="sm" />}
          {membership && (
            <MemberActions
              membership={membership}
              refetchLists={() => refetchDependentQueries(client)}
            />
          )}
        </div>
      </div>
    </li>
  );
}

function TaskPicture({ task }: { task: TaskRow_TaskFragment }) {
  const { loan, membership } = task;
  if (loan)
    return (
      <div className={styles.picture}>
        <ItemPicture
          url={loan.item.photos[0]?.url}
          category={loan.item.category}
        />
      </div>
    );
  const Sign = membership ? IconUserPlus : IconFlag;
  return (
    <div className={`${styles.picture} ${styles.icon}`} aria-hidden="true">
      <Sign size={26} stroke={1.5} />
    </div>
  );
}

/** Page that shows the subject of a task. */
function taskPath({ loan, membership, report }: TaskRow_TaskFragment): string {
  if (loan) return paths.loan(loan.id);
  if (membership) return paths.person(membership.user.id);
  const place = report?.neighborhood;
  return place ? paths.neighborhood(place.id) : paths.home;
}

function factsOf({
  loan,
  membership,
  report,
}: TaskRow_TaskFragment): TaskFacts {
  const today = loan?.today ?? '';
  return {
    item: loan?.item.title ?? '',
    borrower: loan?.borrower.name ?? '',
    owner: loan?.owner.name ?? '',
    days: loan ? formatRange(loan.startDate, loan.dueDate, today) : '',
    newDue: loan?.extension ? onDay(loan.extension.newDueDate, today) : '',
    applicant: membership?.user.name ?? '',
    reporter: report?.reporter?.name ?? null,
    neighborhood: (membership ?? report)?.neighborhood?.name ?? '',
  };
}
