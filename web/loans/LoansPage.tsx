import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { LOAN_CARD, LoanCard, LoanCardSkeletons, LoanGrid } from './LoanCard';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';
import { paths } from '../paths';
import { t } from '../languages/texts';
import styles from './LoansPage.module.css';

const LOANS = graphql(
  `
    query Loans($role: LoanRole!, $open: Boolean!, $after: String) {
      myLoans(role: $role, open: $open, first: 12, after: $after) {
        edges {
          node {
            id
            ...LoanCard_loan
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [LOAN_CARD],
);

type Role = 'BORROWER' | 'OWNER';

/** Loans of the viewer. The choice of list is in the address. */
export function LoansPage() {
  const [search] = useSearchParams();
  const role: Role = search.get('role') === 'lend' ? 'OWNER' : 'BORROWER';
  const open = search.get('show') !== 'over';
  const query = useQuery(LOANS, {
    variables: { role, open },
    fetchPolicy: 'cache-and-network',
  });
  const { data, error, refetch } = query;
  const more = useLoadMore(data?.myLoans, query, `${role} ${open}`);

  return (
    <Page title={t('loans.loans')} lead={t('loans.lead')} size="lg">
      <div className={styles.filters}>
        <FilterNav
          label={t('loans.whoseThings')}
          name="role"
          options={[
            [null, t('loans.iBorrow')],
            ['lend', t('loans.iLend')],
          ]}
        />
        <FilterNav
          label={t('loans.whichLoans')}
          name="show"
          options={[
            [null, t('loans.underWay')],
            ['over', t('loans.over')],
          ]}
        />
      </div>
      {!data &&
        (error ? (
          <LoadError error={error} retry={refetch} />
        ) : (
          <LoanCardSkeletons count={4} />
        ))}
      {data?.myLoans.edges.length === 0 && <NoLoans role={role} open={open} />}
      {data && data.myLoans.edges.length > 0 && (
        <>
          <LoanGrid>
            {data.myLoans.edges.map(({ node }, index) => (
              <LoanCard
                key={node.id}
                loan={node}
                takesFocus={index === more.firstNew}
              />
            ))}
          </LoanGrid>
          <LoadMore more={more} arrived={t('loans.moreArrived')} />
        </>
      )}
    </Page>
  );
}

/** Links that choose one of several options, kept in the address. */
function FilterNav({
  label,
  name,
  options,
}: {
  label: string;
  name: string;
  /** Value in the address and its label; null is no value. */
  options: readonly (readonly [value: string | null, label: string])[];
}) {
  const [search] = useSearchParams();
  const current = options.find(([value]) => value === search.get(name));
  return (
    <nav aria-label={label} className={styles.filterNav}>
      {options.map((option) => {
        const [value, text] = option;
        const next = new URLSearchParams(search);
        if (value == null) next.delete(name);
        else next.set(name, value);
        return (
          <Link
            key={value}
            to={{ search: next.toString() }}
            replace
            preventScrollReset
            className={styles.option}
            aria-current={
              option === (current ?? options[0]) ? 'true' : undefined
            }
          >
            {text}
          </Link>
        );
      })}
    </nav>
  );
}

function NoLoans({ role, open }: { role: Role; open: boolean }) {
  const { current } = useNeighborhoods();
  const list = `${role}.${open ? 'open' : 'over'}` as const;
  const isBorrowing = role === 'BORROWER';
  return (
    <EmptyState
      picture={<IconArrowsExchange size={48} stroke={1.3} />}
      title={t(`loans.empty.${list}.title`)}
      action={
        current && (
          <Button
            component={Link}
            to={
              isBorrowing ? paths.items(current.id) : paths.newItem(current.id)
            }
          >
            {t(isBorrowing ? 'loans.lookAround' : 'loans.offerItem')}
          </Button>
        )
      }
    >
      {t(`loans.empty.${list}.text`)}
    </EmptyState>
  );
}
