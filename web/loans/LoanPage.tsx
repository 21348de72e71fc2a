import { useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { LOAN_ACTIONS_FRAGMENT, LoanActions } from './LoanActions';
import { LOAN_CONTACT, LoanContact } from './LoanContact';
import { LoanStatusBadge } from './LoanStatusBadge';
import { LOAN_PARTIES, LoanParties } from './LoanParties';
import { LoanSteps, loanSteps } from './LoanSteps';
import { SaySorry } from './SaySorry';
import { DELIVERY_PROMPT, DeliveryPrompt } from '../deliveries/DeliveryPrompt';
import { LoanThread } from '../messages/LoanThread';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
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
import styles from './LoanPage.module.css';
import { rich, t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';
import { UserText } from '../ui/UserText';

const LOAN = graphql(
  `
    query Loan($id: ID!) {
      me {
        id
        ...DeliveryPrompt_user
      }
      loan(id: $id) {
        id
        status
        overdue
        startDate
        dueDate
        note
        reason
        agreement
        waitsForReturn
        viewerActions
        calendarUrl
        createdAt
        updatedAt
        handedOverAt
        returnedAt
        viewerRole
        item {
          id
          title
        }
        today
        borrower {
          id
          name
        }
        owner {
          id
          name
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
        ...LoanParties_loan
      }
    }
  `,
  [
    LOAN_STATE,
    LOAN_ACTIONS_FRAGMENT,
    LOAN_CONTACT,
    LOAN_PARTIES,
    DELIVERY_PROMPT,
  ],
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
    return (
      <PagePending
        title={t('loans.loan')}
        size="lg"
        error={error}
        retry={refetch}
      />
    );
  const { loan, me } = data;
  if (!loan)
    return (
      <NotFoundMessage title={t('loans.notFound')}>
        {t('loans.notFoundText')}
      </NotFoundMessage>
    );

  const other = loan.viewerRole === 'OWNER' ? loan.borrower : loan.owner;
  return (
    <Page title={loan.item.title} lead={<Days loan={loan} />} size="lg">
      <div className={styles.columns}>
        <Stack gap="md">
          <StatusCard loan={loan} />
          <DeliveryPrompt user={me} loan={loan} other={other.name} />
          <NotesCard loan={loan} />
          <LoanContact loan={loan} other={other.name} />
        </Stack>
        <Stack gap="md">
          <LoanParties loan={loan} />
          <LoanThread key={loan.id} loanId={loan.id} other={other.name} />
        </Stack>
      </div>
    </Page>
  );
}

function Days({ loan }: { loan: LoanData }) {
  const { startDate, dueDate, today } = loan;
  return (
    <Group gap="sm">
      <LoanStatusBadge {...loan} />
      <span>
        {renderIsolates(
          t('loans.daysLead', {
            days: formatRange(startDate, dueDate, today),
            length: countDays(daysBetween(startDate, dueDate) + 1),
          }),
        )}
      </span>
    </Group>
  );
}

/** Status as a message, with the viewer's actions and the steps of the loan. */
function StatusCard({ loan }: { loan: LoanData }) {
  const { status, overdue, viewerRole, extension, today } = loan;
  const facts = factsOf(loan);
  // A declined extension no longer matters once the item is back.
  const showsExtension =
    status === 'ON_LOAN' || extension?.status === 'APPROVED';
  return (
    <Card title={t('loans.status')}>
      {/* Changes while the page is open, when the other party acts. */}
      <Text role="status" fw={600} className="wrap-anywhere">
        {overdue && `${t('loans.overdueHint')} `}
        {renderIsolates(LOAN_STATUS_MESSAGES[status][viewerRole](facts))}
      </Text>
      {extension && showsExtension && (
        <Text mt="xs" className="wrap-anywhere">
          {renderIsolates(
            extension.reason == null
              ? EXTENSION_MESSAGES[extension.status][viewerRole]({
                  ...facts,
                  newDue: onDay(extension.newDueDate, today),
                })
              : systemDeclinedExtension(facts, extension.reason),
          )}
          {extension.note && ' '}
          {extension.note &&
            rich('loans.quote', { text: <bdi>{extension.note}</bdi> })}
        </Text>
      )}
      <div className={styles.actions}>
        <LoanActions loan={loan} />
        {overdue && viewerRole === 'BORROWER' && <SaySorry loan={loan} />}
        {loan.calendarUrl != null && (
          <Button
            component="a"
            href={loan.calendarUrl}
            variant="default"
            mt="sm"
            leftSection={<IconCalendarPlus size={18} />}
          >
            {t('loans.addToCalendar')}
          </Button>
        )}
      </div>
      <LoanSteps steps={loanSteps(loan)} />
    </Card>
  );
}

/** Note of the request, and reason for the end of the loan. */
function NotesCard({
  loan: { note, reason, agreement, borrower },
}: {
  loan: LoanData;
}) {
  if (note === '' && !reason && !agreement) return null;
  return (
    <Card title={t('loans.notes')}>
      {note !== '' && (
        <Quote by={t('loans.noteBy', { name: borrower.name })}>{note}</Quote>
      )}
      {reason != null && reason !== '' && (
        <Quote by={t('loans.theReason')}>{reason}</Quote>
      )}
      {agreement != null && agreement !== '' && (
        <Quote by={t('loans.theAgreement')}>{agreement}</Quote>
      )}
    </Card>
  );
}

function Quote({ by, children }: { by: string; children: string }) {
  return (
    <figure className={styles.quote}>
      <UserText component="blockquote" className={styles.quoteText} m={0}>
        {children}
      </UserText>
      <Text component="figcaption" size="sm" c="dimmed">
        {renderIsolates(by)}
      </Text>
    </figure>
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
