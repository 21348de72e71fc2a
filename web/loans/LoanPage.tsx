import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { LOAN_ACTIONS_FRAGMENT, LoanActions } from './LoanActions';
import { LOAN_CONTACT, LoanContact } from './LoanContact';
import { LoanStatusBadge } from './LoanStatusBadge';
import { LOAN_PARTIES, LoanParties } from './LoanParties';
import { LoanSteps, loanSteps } from './LoanSteps';
import { DELIVERY_PROMPT, DeliveryPrompt } from '../deliveries/DeliveryPrompt';
import { LoanThread } from '../messages/LoanThread';
import { MESSAGE_BUBBLE } from '../messages/MessageBubble';
import { addToThread } from '../messages/threadCache';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { useAction } from '../ui/useAction';
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
import { isolate, renderIsolates } from '../ui/isolate';
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
    return <PagePending title="Loan" size="lg" error={error} retry={refetch} />;
  const { loan, me } = data;
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
        {formatRange(startDate, dueDate, today)} ·{' '}
        {countDays(daysBetween(startDate, dueDate) + 1)}
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
    <Card title="Status">
      {/* Changes while the page is open, when the other party acts. */}
      <Text role="status" fw={600} className="wrap-anywhere">
        {overdue && 'It should be back already. '}
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
          {extension.note && (
            <>
              {' '}
              “<bdi>{extension.note}</bdi>”
            </>
          )}
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
            Add to calendar
          </Button>
        )}
      </div>
      <LoanSteps steps={loanSteps(loan)} />
    </Card>
  );
}

const SAY_SORRY = graphql(
  `
    mutation SaySorry($input: SendMessageInput!) {
      sendMessage(input: $input) {
        message {
          id
          ...MessageBubble_message
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [MESSAGE_BUBBLE, USER_ERROR_FIELDS],
);

/** Button that sends an apology for an overdue item to its owner. */
function SaySorry({ loan: { id, owner, viewerActions } }: { loan: LoanData }) {
  const [send] = useMutation(SAY_SORRY);
  const { run, isBusy } = useAction();
  const [isSent, setIsSent] = useState(false);
  if (isSent || !viewerActions.includes('SEND_MESSAGE')) return null;
  const saySorry = async () => {
    const body =
      'Sorry that I am late with it! I will bring it back as soon as I can.';
    const { data } = await send({
      variables: { input: { loanId: id, body } },
      update: (cache, { data: answer }) => {
        const message = answer?.sendMessage?.message;
        if (message) addToThread(cache, id, message.id);
      },
    });
    return data?.sendMessage?.errors;
  };
  return (
    <Button
      variant="default"
      mt="sm"
      loading={isBusy}
      onClick={async () =>
        setIsSent(
          await run(saySorry, `${owner.name} can read that you are sorry.`),
        )
      }
    >
      Say sorry
    </Button>
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
    <Card title="Notes">
      {note !== '' && (
        <Quote by={`${isolate(borrower.name)}, asking for it`}>{note}</Quote>
      )}
      {reason != null && reason !== '' && (
        <Quote by="The reason">{reason}</Quote>
      )}
      {agreement != null && agreement !== '' && (
        <Quote by="What was agreed">{agreement}</Quote>
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
