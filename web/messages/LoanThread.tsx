import { useQuery } from '@apollo/client/react';
import { Button, Center, Group, Paper, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { graphql } from '../apollo/graphql';
import type { LoanThreadQuery } from '../generated/types';
import { LoadError } from '../ui/LoadError';
import { Loading, TextSkeleton } from '../ui/Loading';
import type { More } from '../ui/LoadMore';
import { useLoadMore } from '../ui/LoadMore';
import { MESSAGE_BUBBLE, MessageBubble } from './MessageBubble';
import { MessageComposer } from './MessageComposer';
import { t } from '../languages/texts';
import { withoutIsolates } from '../languages/isolate';
import styles from './LoanThread.module.css';

/** The messages of one loan, the newest first, as `Loan.messages` gives them. */
const LOAN_THREAD = graphql(
  `
    query LoanThread($id: ID!, $after: String) {
      me {
        id
        name
      }
      loan(id: $id) {
        id
        viewerRole
        viewerActions
        messages(after: $after) {
          edges {
            node {
              id
              author {
                id
              }
              ...MessageBubble_message
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [MESSAGE_BUBBLE],
);

/** Messages of a loan, the newest at the bottom, above the composer. */
export function LoanThread({
  loanId,
  other,
}: {
  loanId: string;
  other: string;
}) {
  const query = useQuery(LOAN_THREAD, {
    variables: { id: loanId },
    fetchPolicy: 'cache-and-network',
  });
  const { data, error, refetch } = query;
  const more = useLoadMore(data?.loan?.messages, query, loanId);
  const loan = data?.loan;
  const [isReporting, setIsReporting] = useState(false);
  const canReport =
    loan != null &&
    loan.viewerRole !== 'STEWARD' &&
    loan.messages.edges.some(({ node }) => node.author.id !== data?.me.id);

  if (data && !loan) return null;
  return (
    <Paper
      component="section"
      className="surface"
      p={{ base: 'md', sm: 'lg' }}
      aria-labelledby="messages"
    >
      <Group justify="space-between" gap="xs" mb="sm">
        <Title order={2} id="messages" size="h4">
          {t('messages.messages')}
        </Title>
        {canReport && (
          <Button
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            size="compact-sm"
            aria-pressed={isReporting}
            onClick={() => setIsReporting(!isReporting)}
          >
            {t(isReporting ? 'messages.done' : 'messages.report')}
          </Button>
        )}
      </Group>
      {!loan &&
        (error ? (
          <LoadError error={error} retry={refetch} />
        ) : (
          <Loading>
            <TextSkeleton />
          </Loading>
        ))}
      {loan && (
        <>
          <MessageLog
            data={data}
            loan={loan}
            other={other}
            more={more}
            isReporting={canReport && isReporting}
          />
          {loan.viewerActions.includes('SEND_MESSAGE') && (
            <MessageComposer loanId={loanId} other={other} author={data.me} />
          )}
        </>
      )}
    </Paper>
  );
}

/** The messages, the newest at the bottom and in sight. */
function MessageLog({
  data: { me },
  loan: { messages, viewerRole },
  other,
  more,
  isReporting,
}: {
  data: LoanThreadQuery;
  loan: NonNullable<LoanThreadQuery['loan']>;
  other: string;
  more: More;
  /** Whether each received message can be reported now. */
  isReporting: boolean;
}) {
  const log = useRef<HTMLDivElement>(null);
  const newest = messages.edges[0]?.node.id;

  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [newest]);

  const isOwn = (author: { id: string }) => author.id === me.id;
  return (
    <div
      ref={log}
      className={styles.log}
      // A long thread scrolls, also with the arrow keys.
      tabIndex={0}
      role="log"
      aria-label={withoutIsolates(t('messages.with', { name: other }))}
    >
      {more.hasMore && (
        <Center mb="sm">
          <Button
            variant="subtle"
            size="sm"
            // Disabled, it would lose the focus.
            aria-disabled={more.isLoading}
            onClick={() => void more.load()}
          >
            {t(more.isLoading ? 'messages.loading' : 'messages.earlier')}
          </Button>
        </Center>
      )}
      {messages.edges.length === 0 && (
        <Text c="dimmed" py="md" ta="center">
          {t(
            viewerRole === 'STEWARD'
              ? 'messages.onlyAfterReport'
              : 'messages.none',
          )}
        </Text>
      )}
      {messages.edges.toReversed().map(({ node }) => (
        <MessageBubble
          key={node.id}
          message={node}
          isOwn={isOwn(node.author)}
          canReport={isReporting && !isOwn(node.author)}
        />
      ))}
    </div>
  );
}
