import { Button, Paper, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Link } from 'react-router';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { useLinkToken } from '../session/linkToken';
import { useSession } from '../session/session';
import { InvalidLink } from './InvalidLink';
import { EmptyState } from '../ui/EmptyState';
import { ErrorAlert } from '../ui/ErrorAlert';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/Loading';
import { useAction } from '../ui/useAction';

/** Texts and action of a page that an e-mail links to. */
export type EmailLinkActionProps = {
  /** The heading of the page. */
  title: string;
  /** Explains the action in a sentence or two. */
  text: ReactNode;
  /** The button's label. */
  label: string;
  /** Sends the action. Returns the API's errors: none on success. */
  send: (token: string) => Promise<readonly { message: string }[]>;
  /** Shown after success, with a button to the account. */
  done: { Icon: Icon; title: string; text: ReactNode };
  /** Label of the button onwards if the link is no longer valid. */
  retryLabel: string;
  /** Where that button leads; to the account if omitted. */
  retryTo?: string;
};

/**
 * A page that an e-mail links to. The action needs a click on its button: mail scanners open
 * links too, but press no buttons.
 */
export function EmailLinkAction(props: EmailLinkActionProps) {
  const token = useLinkToken();
  const { status } = useSession();
  const { retryTo = paths.account, retryLabel } = props;
  const wayOn = { to: retryTo, label: retryLabel };

  // A user who turns out to be logged in gets a new cache, and this page mounts again.
  if (status === 'unknown') return <PageSkeleton />;
  return (
    <Page title={props.title} size="xs">
      {token == null ? (
        <InvalidLink reason={null} wayOn={wayOn} />
      ) : (
        <Step key={token} token={token} wayOn={wayOn} {...props} />
      )}
    </Page>
  );
}

function Step({
  token,
  text,
  label,
  send,
  done,
  wayOn,
}: EmailLinkActionProps & {
  token: string;
  wayOn: { to: string; label: string };
}) {
  const [isDone, setIsDone] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { run, isBusy, problem } = useAction({ shows: 'inline' });

  const follow = async () => {
    const [refusal] = await send(token);
    setRefused(refusal?.message ?? null);
    setIsDone(!refusal);
  };

  if (isDone)
    return (
      <EmptyState
        role="status"
        picture={<done.Icon size={44} stroke={1.4} />}
        title={done.title}
        action={
          <Button component={Link} to={paths.account} variant="light">
            {t('auth.toAccount')}
          </Button>
        }
      >
        {done.text}
      </EmptyState>
    );
  if (refused != null) return <InvalidLink reason={refused} wayOn={wayOn} />;
  return (
    <Paper className="surface" p="lg">
      <ErrorAlert mb="md">{problem}</ErrorAlert>
      <Text mb="lg">{text}</Text>
      <Button loading={isBusy} onClick={() => void run(follow)}>
        {label}
      </Button>
    </Paper>
  );
}
