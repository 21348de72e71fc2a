import { useQuery } from '@apollo/client/react';
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { LOAN_ACTIONS_FRAGMENT, LoanActions } from './LoanActions';
import { LOAN_CONTACT, LoanContact } from './LoanContact';
import { ItemPicture } from '../items/ItemPicture';
import { LoanStatusBadge } from './LoanStatusBadge';
import { LoanSteps, loanSteps } from './LoanSteps';
import { LoanThread } from '../messages/LoanThread';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import { countDays, daysBetween, formatRange } from '../ui/dates';
import {
  factsOf,
  onDay,
  EXTENSION_MESSAGES,
  systemDeclinedExtension,
  LOAN_STATUS_MESSAGES,
} from './loanMessages';
import { LOAN_STATE } from './loanState';
import type { LoanQuery } from '../generated/types';
import { paths } from '../paths';
import styles from './LoanPage.module.css';

const LOAN = graphql(
  `
    query Loan($id: ID!) {
      loan(id: $id) {
        id
        status
        overdue
        startDate
        dueDate
        note
        reason
        createdAt
        updatedAt
        handedOverAt
        returnedAt
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
          today
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
        extension {
          id
          newDueDate
          note
          status
          reason
        }
        ...LoanState_loan
        ...LoanActions_loan
        ...LoanContact_loan
      }
    }
  `,
  [PERSON_AVATAR, LOAN_STATE, LOAN_ACTIONS_FRAGMENT, LOAN_CONTACT],
);

type LoanData = NonNullable<LoanQuery['loan']>;

/** Page of a loan: status, actions and messages. */
export function LoanPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(LOAN, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });

  if (!data)
    return <PagePending title="Loan" size="lg" error={error} retry={refetch} />;
  const { loan } = data;
  if (!loan)
    return (
      <NotFoundMessage title="This loan is not here">
        It may be between other neighbors, or the link is not quite right.
      </NotFoundMessage>
    );

  const other = loan.viewerRole === 'OWNER' ? loan.borrower : loan.owner;
  return (
    <Page title={loan.item.title} lead={<Days loan={loan} />} size="lg">
      <div className={styles.columns}>
        <Stack gap="md">
          <StatusCard loan={loan} />
          <NotesCard loan={loan} />
          <LoanContact loan={loan} other={other.name} />
        </Stack>
        <Stack gap="md">
          <Parties loan={loan} />
          <LoanThread key={loan.id} loanId={loan.id} other={other.name} />
        </Stack>
      </div>
    </Page>
  );
}

function Days({ loan }: { loan: LoanData }) {
  const { startDate, dueDate, neighborhood } = loan;
  return (
    <Group gap="sm">
      <LoanStatusBadge {...loan} />
      <span>
        {formatRange(startDate, dueDate, neighborhood.today)} ·{' '}
        {countDays(daysBetween(startDate, dueDate) + 1)}
      </span>
    </Group>
  );
}

/** Status as a message, with the viewer's actions and the steps of the loan. */
function StatusCard({ loan }: { loan: LoanData }) {
  const { status, overdue, viewerRole, extension, neighborhood } = loan;
  const facts = factsOf(loan);
  // A declined extension no longer matters once the item is back.
  const showsExtension =
    status === 'ON_LOAN' || extension?.status === 'APPROVED';
  return (
    <Card title="Status">
      {/* Changes while the page is open, when the other party acts. */}
      <Text role="status" fw={600} className="wrap-anywhere">
        {overdue && 'It should be back already. '}
        {LOAN_STATUS_MESSAGES[status][viewerRole](facts)}
      </Text>
      {extension && showsExtension && (
        <Text mt="xs" className="wrap-anywhere">
          {extension.reason == null
            ? EXTENSION_MESSAGES[extension.status][viewerRole]({
                ...facts,
                newDue: onDay(extension.newDueDate, neighborhood.today),
              })
            : systemDeclinedExtension(facts, extension.reason)}
          {extension.note && ` “${extension.note}”`}
        </Text>
      )}
      <div className={styles.actions}>
        <LoanActions loan={loan} />
      </div>
      <LoanSteps steps={loanSteps(loan)} />
    </Card>
  );
}

/** Note of the request, and reason for the end of the loan. */
function NotesCard({ loan: { note, reason, borrower } }: { loan: LoanData }) {
  if (note === '' && !reason) return null;
  return (
    <Card title="Notes">
      {note !== '' && (
        <Quote by={`${borrower.name}, asking for it`}>{note}</Quote>
      )}
      {reason != null && reason !== '' && (
        <Quote by="The reason">{reason}</Quote>
      )}
    </Card>
  );
}

function Quote({ by, children }: { by: string; children: ReactNode }) {
  return (
    <figure className={styles.quote}>
      <Text component="blockquote" className={styles.quoteText} m={0}>
        {children}
      </Text>
      <Text component="figcaption" size="sm" c="dimmed">
        {by}
      </Text>
    </figure>
  );
}

/** Item, owner and borrower of a loan, each linked to its page. */
function Parties({ loan }: { loan: LoanData }) {
  const { owner, borrower, viewerRole, neighborhood } = loan;
  return (
    <Paper className={`surface ${styles.parties}`}>
      <ItemLink loan={loan} />
      {[
        { person: owner, does: 'lends', isViewer: viewerRole === 'OWNER' },
        {
          person: borrower,
          does: 'borrows',
          isViewer: viewerRole === 'BORROWER',
        },
      ].map(({ person, does, isViewer }) => (
        <Group key={does} gap="sm" wrap="nowrap">
          <PersonAvatar user={person} />
          <span className="wrap-anywhere">
            {person.deleted ? (
              person.name
            ) : (
              <Link
                to={isViewer ? paths.profile : paths.person(person.id)}
                className="plain-link"
              >
                {isViewer ? 'You' : person.name}
              </Link>
            )}{' '}
            {isViewer ? does.slice(0, -1) : does}
          </span>
        </Group>
      ))}
      <Text size="sm" c="dimmed" className="wrap-anywhere">
        in {neighborhood.name}
      </Text>
    </Paper>
  );
}

/** The item, linked to its page unless the viewer cannot see it any more. */
function ItemLink({ loan: { item, viewerRole } }: { loan: LoanData }) {
  const isVisible = viewerRole === 'OWNER' || item.viewerActions.length > 0;
  const content = (
    <>
      <span className={styles.itemPicture}>
        <ItemPicture url={item.photos[0]?.url} category={item.category} />
      </span>
      <span className="wrap-anywhere">
        <Text component="span" fw={650} display="block">
          {item.title}
        </Text>
        <Text component="span" size="sm" c="dimmed">
          {isVisible ? 'See the thing' : 'Not shown any more'}
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

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper
      component="section"
      className="surface"
      p={{ base: 'md', sm: 'lg' }}
      aria-label={title}
    >
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
