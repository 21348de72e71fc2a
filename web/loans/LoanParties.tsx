import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import type { LoanParties_LoanFragment } from '../generated/types';
import { ItemPicture } from '../items/ItemPicture';
import { paths } from '../paths';
import { rich, t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import styles from './LoanParties.module.css';

/** Fields of the item and the people of a loan. */
export const LOAN_PARTIES = graphql(
  `
    fragment LoanParties_loan on Loan {
      id
      viewerRole
      item {
        id
        title
        category
        viewerActions
        photos {
          id
          url
        }
      }
      neighborhood {
        id
        name
      }
      borrower {
        id
        name
        deleted
        ...PersonAvatar_user
      }
      owner {
        id
        name
        deleted
        ...PersonAvatar_user
      }
    }
  `,
  [PERSON_AVATAR],
);

/** Item, owner and borrower of a loan, each linked to its page. */
export function LoanParties({
  loan,
}: {
  loan: FragmentType<LoanParties_LoanFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: LOAN_PARTIES,
    fragmentName: 'LoanParties_loan',
    from: loan,
  });
  if (!complete) return null;
  const { owner, borrower, viewerRole, neighborhood } = data;
  return (
    <Paper className={`surface ${styles.parties}`}>
      <ItemLink loan={data} />
      <Party person={owner} does="owner" isViewer={viewerRole === 'OWNER'} />
      <Party
        person={borrower}
        does="borrower"
        isViewer={viewerRole === 'BORROWER'}
      />
      {neighborhood && (
        <Text size="sm" c="dimmed" className="wrap-anywhere">
          {renderIsolates(
            t('loans.inNeighborhood', { neighborhood: neighborhood.name }),
          )}
        </Text>
      )}
    </Paper>
  );
}

/** One side of a loan, linked to their page unless their account was deleted. */
function Party({
  person,
  does,
  isViewer,
}: {
  person: LoanParties_LoanFragment['owner'];
  does: 'owner' | 'borrower';
  isViewer: boolean;
}) {
  const link = (parts: ReactNode[]) =>
    person.deleted ? (
      parts
    ) : (
      <Link
        to={isViewer ? paths.profile : paths.person(person.id)}
        className="plain-link"
      >
        {parts}
      </Link>
    );
  return (
    <Group gap="sm" wrap="nowrap">
      <PersonAvatar user={person} />
      <span className="wrap-anywhere">
        {isViewer
          ? rich(`loans.${does}IsYou`, { link })
          : rich(`loans.${does}`, { link, name: <bdi>{person.name}</bdi> })}
      </span>
    </Group>
  );
}

/** The item, linked to its page unless the viewer cannot see it any more. */
function ItemLink({
  loan: { item, viewerRole },
}: {
  loan: LoanParties_LoanFragment;
}) {
  const isVisible = viewerRole === 'OWNER' || item.viewerActions.length > 0;
  const content = (
    <>
      <span className={styles.itemPicture}>
        <ItemPicture url={item.photos[0]?.url} category={item.category} />
      </span>
      <span className="wrap-anywhere">
        <Text component="span" fw={650} display="block" dir="auto">
          {item.title}
        </Text>
        <Text component="span" size="sm" c="dimmed">
          {t(isVisible ? 'loans.seeItem' : 'loans.itemNotShown')}
        </Text>
      </span>
    </>
  );
  return isVisible ? (
    <Link to={paths.item(item.id)} className={styles.item}>
      {content}
    </Link>
  ) : (
    <div className={styles.item}>{content}</div>
  );
}
