import { useQuery } from '@apollo/client/react';
import { graphql } from '../apollo/graphql';
import { InvalidLink } from '../auth/InvalidLink';
import { t } from '../languages/texts';
import { paths, withNext } from '../paths';
import { useLinkToken } from '../session/linkToken';
import { useSession } from '../session/session';
import { PageSkeleton } from '../ui/Loading';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { AnswerForm } from './AnswerForm';
import { isAnswer } from './answerTexts';

const ANSWER_LINK = graphql(`
  query AnswerLink($token: String!) {
    answerLink(token: $token) {
      action
      loanId
      problem
      request {
        itemTitle
        borrowerName
        startDate
        dueDate
      }
    }
  }
`);

/**
 * Page of the links "Approve" and "Decline" in mails and notifications. It answers when its button is
 * pressed, not before: mail scanners open links too. Works without a login.
 */
export function AnswerPage() {
  const token = useLinkToken();
  const { status } = useSession();

  // A user who turns out to be logged in gets a new cache, and this page mounts again.
  if (status === 'unknown') return <PageSkeleton />;
  if (token == null) return <Unusable reason={null} loanId={null} />;
  return <LinkedAnswer key={token} token={token} />;
}

function LinkedAnswer({ token }: { token: string }) {
  const { data, error, refetch } = useQuery(ANSWER_LINK, {
    variables: { token },
    fetchPolicy: 'no-cache',
    // The link alone authorizes, whoever is logged in here.
    context: { anonymous: true },
  });

  if (!data)
    return (
      <PagePending
        title={t('answerLinks.title')}
        size="xs"
        error={error}
        retry={refetch}
      />
    );
  const { action, loanId, problem, request } = data.answerLink ?? {};
  if (!request || loanId == null || action == null || !isAnswer(action))
    return (
      <Unusable
        reason={problem ?? t('answerLinks.wrongLink')}
        loanId={loanId ?? null}
      />
    );
  return (
    <AnswerForm
      token={token}
      loanId={loanId}
      answer={action}
      request={request}
      renderRefused={(reason) => <Unusable reason={reason} loanId={loanId} />}
    />
  );
}

/** Says why a link gives no answer, and leads to the loan, after the login. */
function Unusable({
  reason,
  loanId,
}: {
  reason: string | null;
  loanId: string | null;
}) {
  const { status } = useSession();
  const page = loanId == null ? paths.loans : paths.loan(loanId);
  const label = t(
    loanId == null ? 'answerLinks.toLoans' : 'answerLinks.seeLoan',
  );
  return (
    <Page title={t('answerLinks.title')} size="xs">
      <InvalidLink
        reason={reason}
        wayOn={
          status === 'loggedIn'
            ? { to: page, label }
            : { to: withNext(paths.login, page), label: t('answerLinks.logIn') }
        }
      />
    </Page>
  );
}
