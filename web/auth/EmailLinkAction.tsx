import { Button, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useLinkToken } from '../session/linkToken';
import { useSession } from '../session/session';
import { InvalidLink } from './InvalidLink';
import { ErrorAlert } from '../ui/ErrorAlert';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { useAction } from '../ui/useAction';

/** What a page does to which a link in a mail leads. */
export type EmailLinkActionProps = {
  /** The heading of the page. */
  title: string;
  /** What the button is about, in a sentence or two. */
  text: ReactNode;
  /** What the button says. */
  label: string;
  /** Does it. Returns what the API turned down: nothing, if all went well. */
  send: (token: string) => Promise<readonly { message: string }[]>;
  /** What there is to see when it is done. */
  done: ReactNode;
  /** Where one goes if the link is no longer good. */
  wayOn: { to: string; label: string };
};

/**
 * A page to which a link in a mail leads. It does what it is for when somebody presses the button:
 * programs that look at the links in mails open them too, and press nothing.
 */
export function EmailLinkAction(props: EmailLinkActionProps) {
  const token = useLinkToken();
  const { status } = useSession();

  // Whoever turns out to be logged in starts with another cache, and with this page anew.
  if (status === 'unknown') return <PageSkeleton />;
  return (
    <Page title={props.title} size="xs">
      {token == null ? (
        <InvalidLink reason={null} wayOn={props.wayOn} />
      ) : (
        <Step key={token} token={token} {...props} />
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
}: EmailLinkActionProps & { token: string }) {
  const [isDone, setIsDone] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { run, isBusy, problem } = useAction({ shows: 'inline' });

  const follow = async () => {
    const [refusal] = await send(token);
    setRefused(refusal?.message ?? null);
    setIsDone(!refusal);
  };

  if (isDone) return done;
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
