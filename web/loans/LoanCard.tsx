import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Paper, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CardTitle } from '../ui/CardTitle';
import { graphql } from '../apollo/graphql';
import type { LoanCard_LoanFragment } from '../generated/types';
import { paths } from '../paths';
import { ItemPicture } from '../items/ItemPicture';
import { Loading } from '../ui/Loading';
import { LoanStatusBadge } from './LoanStatusBadge';
import { formatRange } from '../ui/dates';
import styles from './LoanCard.module.css';
import { t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';

/** Fields of a loan card. */
export const LOAN_CARD = graphql(`
  fragment LoanCard_loan on Loan {
    id
    status
    overdue
    startDate
    dueDate
    viewerRole
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
  }
`);

/** A loan in a list. All of it can be tapped. */
export function LoanCard({
  loan,
  takesFocus = false,
}: {
  loan: FragmentType<LoanCard_LoanFragment>;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus?: boolean;
}) {
  const { data, complete } = useFragment({
    fragment: LOAN_CARD,
    from: loan,
  });

  if (!complete) return null;
  const { item, borrower, owner, startDate, dueDate, today } = data;
  const days = formatRange(startDate, dueDate, today);
  return (
    <Paper component="article" className={`surface link-card ${styles.card}`}>
      <div className={styles.picture}>
        <ItemPicture url={item.photos[0]?.url} category={item.category} />
      </div>
      <div className={styles.text}>
        <CardTitle to={paths.loan(data.id)} takesFocus={takesFocus}>
          {item.title}
        </CardTitle>
        <Text size="sm" c="dimmed" lineClamp={2} className="wrap-anywhere">
          {renderIsolates(
            data.viewerRole === 'OWNER'
              ? t('loans.cardLent', { borrower: borrower.name, days })
              : t('loans.cardBorrowed', { owner: owner.name, days }),
          )}
        </Text>
        <div>
          <LoanStatusBadge {...data} />
        </div>
      </div>
    </Paper>
  );
}

/** Loan cards side by side, as many as fit. */
export function LoanGrid({ children }: { children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}

/** Placeholder for cards that are loading. */
export function LoanCardSkeletons({ count }: { count: number }) {
  return (
    <Loading>
      <LoanGrid>
        {Array.from({ length: count }, (_, index) => (
          <Paper key={index} className={`surface ${styles.card}`}>
            <Skeleton className={styles.picture} radius={0} />
            <div className={styles.text}>
              <Skeleton height={18} width="60%" />
              <Skeleton height={14} width="80%" />
              <Skeleton height={24} width="35%" radius="xl" />
            </div>
          </Paper>
        ))}
      </LoanGrid>
    </Loading>
  );
}
