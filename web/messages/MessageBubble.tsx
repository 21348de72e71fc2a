import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import type { MessageBubble_MessageFragment } from '../generated/types';
import { ReportButton } from '../reports/ReportButton';
import { TimeAgo } from '../ui/TimeAgo';
import styles from './MessageBubble.module.css';
import { rich, t } from '../languages/texts';
import { UserText } from '../ui/UserText';

/** Fields of a message in a thread. */
export const MESSAGE_BUBBLE = graphql(`
  fragment MessageBubble_message on Message {
    id
    body
    createdAt
    author {
      id
      name
    }
  }
`);

/** Message bubble, on its author's side. */
export function MessageBubble({
  message,
  isOwn,
  canReport,
}: {
  message: FragmentType<MessageBubble_MessageFragment>;
  isOwn: boolean;
  /** Whether it has a button that reports it. */
  canReport: boolean;
}) {
  const { data, complete } = useFragment({
    fragment: MESSAGE_BUBBLE,
    from: message,
  });
  if (!complete) return null;
  const isOnItsWay = data.id.startsWith(PENDING_ID_PREFIX);
  return (
    <div className={styles.bubble} data-own={isOwn || undefined}>
      <UserText className={styles.text}>{data.body}</UserText>
      <div className={styles.footer}>
        <Text size="xs" c="dimmed" component="div">
          {rich('messages.byline', {
            author: isOwn ? t('messages.you') : <bdi>{data.author.name}</bdi>,
            time: isOnItsWay ? (
              t('messages.sending')
            ) : (
              <TimeAgo at={data.createdAt} />
            ),
          })}
        </Text>
        {canReport && (
          <ReportButton target={{ messageId: data.id }} size="compact-xs" />
        )}
      </div>
    </div>
  );
}

/** Id prefix of messages that the server has not confirmed yet. */
export const PENDING_ID_PREFIX = 'sending:';
