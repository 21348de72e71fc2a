import { useMutation } from '@apollo/client/react';
import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useEffect, useEffectEvent, useState } from 'react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { DraftKey } from '../session/drafts';
import { drafts } from '../session/drafts';
import { SendMessageInputSchema } from '../generated/validators';
import { paths } from '../paths';
import { useSession } from '../session/session';
import { runAction } from '../ui/useAction';
import { MESSAGE_BUBBLE, PENDING_ID_PREFIX } from './MessageBubble';
import { addToThread } from './threadCache';
import styles from './MessageComposer.module.css';
import { problemText } from '../languages/problem';
import { t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';

const SEND_MESSAGE = graphql(
  `
    mutation SendMessage($input: SendMessageInput!) {
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

/** Input for a message to the other party. The text is kept until the message has arrived. */
export function MessageComposer({
  loanId,
  other,
  author,
}: {
  loanId: string;
  other: string;
  /** Author, as the message is in the thread before the server has answered. */
  author: { id: string; name: string };
}) {
  const session = useSession();
  const userId = session.status === 'loggedIn' ? session.userId : '';
  const draft = { userId, form: paths.loan(loanId) };
  const [body, setBody] = useState(() => draftOf(draft));
  const [problem, setProblem] = useState<string | null>(null);
  // Without a line nothing has been sent, so it can be sent later without the risk of a duplicate.
  const [isWaiting, setIsWaiting] = useState(false);
  const [send] = useMutation(SEND_MESSAGE);

  const keep = (text: string) => {
    setBody(text);
    setIsWaiting(false);
    if (text === '') drafts.drop(draft);
    else drafts.save(draft, { body: text });
  };
  const bringBack = (text: string, why: string) => {
    setProblem(why);
    // Text that was typed meanwhile is kept as well.
    setBody((current) => [text, current].filter(Boolean).join('\n'));
  };

  const deliver = async (text: string, typed: string) => {
    const deliverOnce = async () => {
      const { data } = await send({
        variables: { input: { loanId, body: text } },
        optimisticResponse: {
          sendMessage: {
            __typename: 'SendMessagePayload',
            message: {
              __typename: 'Message',
              id: `${PENDING_ID_PREFIX}${Date.now()}`,
              body: text,
              createdAt: new Date().toISOString(),
              author: { __typename: 'User', ...author },
            },
            errors: [],
          },
        },
        update: (cache, { data: answer }) => {
          const message = answer?.sendMessage?.message;
          if (message) addToThread(cache, loanId, message.id);
        },
      });
      return data?.sendMessage?.errors;
    };
    const isSent = await runAction(deliverOnce, (why) => bringBack(text, why));
    // Text typed since then is a new draft.
    if (isSent && draftOf(draft) === typed) drafts.drop(draft);
  };

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const checked = SendMessageInputSchema.safeParse({ loanId, body });
    if (!checked.success) {
      const [issue] = checked.error.issues;
      setProblem(issue ? problemText(issue.message) : null);
      return;
    }
    setProblem(null);
    setIsWaiting(!navigator.onLine);
    if (!navigator.onLine) return;
    setBody('');
    void deliver(checked.data.body, body);
  };
  const sendNow = useEffectEvent(() => submit());
  useEffect(() => {
    if (!isWaiting) return;
    window.addEventListener('online', sendNow);
    return () => window.removeEventListener('online', sendNow);
  }, [isWaiting]);

  const sendByKeys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      submit(event);
  };

  return (
    <form noValidate onSubmit={submit} className={styles.composer}>
      <Textarea
        label={renderIsolates(t('messages.writeTo', { name: other }))}
        value={body}
        onChange={(event) => keep(event.currentTarget.value)}
        onKeyDown={sendByKeys}
        error={problem}
        description={isWaiting ? t('messages.offline') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={8}
      />
      <Group justify="flex-end" mt="xs" gap="sm" wrap="nowrap">
        <Text size="sm" c="dimmed" className={styles.shortcutHint} flex={1}>
          {t('messages.shortcut')}
        </Text>
        <Button type="submit" leftSection={<IconSend size={18} />} flex="none">
          {t('messages.send')}
        </Button>
      </Group>
    </form>
  );
}

function draftOf(key: DraftKey): string {
  const body = drafts.load(key)?.body;
  return typeof body === 'string' ? body : '';
}
