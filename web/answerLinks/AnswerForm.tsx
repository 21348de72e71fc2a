import { useApolloClient, useMutation } from '@apollo/client/react';
import { Anchor, Button, Paper, Text } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import { refetchDependentQueries } from '../loans/loanState';
import { paths } from '../paths';
import { EmptyState } from '../ui/EmptyState';
import { ErrorAlert } from '../ui/ErrorAlert';
import { renderIsolates } from '../languages/isolate';
import { Page } from '../ui/Page';
import { useAction } from '../ui/useAction';
import { ANSWER_TEXTS, type Answer, type Question } from './answerTexts';

const ANSWER_LOAN = graphql(
  `
    mutation AnswerLoan($input: AnswerLoanInput!) {
      answerLoan(input: $input) {
        action
        loanId
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Asks an owner to confirm the answer of a link, and says when it is given. */
export function AnswerForm({
  token,
  loanId,
  answer,
  request,
  renderRefused,
}: {
  token: string;
  loanId: string;
  answer: Answer;
  request: Question;
  /** Renders the page in place of this one where the API refuses the answer. */
  renderRefused: (reason: string) => ReactNode;
}) {
  const client = useApolloClient();
  const [answerLoan] = useMutation(ANSWER_LOAN, {
    fetchPolicy: 'no-cache',
    context: { anonymous: true },
  });
  const [isDone, setIsDone] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { run, isBusy, problem } = useAction({ shows: 'inline' });
  const texts = ANSWER_TEXTS[answer];

  const send = async () => {
    const { data } = await answerLoan({ variables: { input: { token } } });
    const [refusal] = data?.answerLoan.errors ?? [];
    setRefused(refusal?.message ?? null);
    setIsDone(!refusal);
    // Pages of whoever is logged in here may show the loan as it was.
    const { cache } = client;
    cache.evict({ id: cache.identify({ __typename: 'Loan', id: loanId }) });
    void refetchDependentQueries(client);
  };

  if (refused != null) return renderRefused(refused);
  if (isDone)
    return (
      <Page title={texts.question(request)} size="xs">
        <EmptyState
          role="status"
          picture={<IconMailCheck size={44} stroke={1.4} />}
          title={texts.done(request)}
          action={
            <Button component={Link} to={paths.loan(loanId)} variant="light">
              {t('answerLinks.seeLoan')}
            </Button>
          }
        >
          {t('answerLinks.undoHint')}
        </EmptyState>
      </Page>
    );
  return (
    <Page title={texts.question(request)} size="xs">
      <Paper className="surface" p="lg">
        <ErrorAlert mb="md">{problem}</ErrorAlert>
        <Text mb="lg">{renderIsolates(texts.explanation(request))}</Text>
        <Button loading={isBusy} onClick={() => void run(send)}>
          {t(texts.label)}
        </Button>
        <Text mt="lg">
          <Anchor component={Link} to={paths.loan(loanId)}>
            {t('answerLinks.seeRequest')}
          </Anchor>
        </Text>
      </Paper>
    </Page>
  );
}
