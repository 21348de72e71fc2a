import { useQuery } from '@apollo/client/react';
import { Button, Paper, Stack, Title } from '@mantine/core';
import { IconBell, IconChecks } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { locale, t } from '../languages/texts';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { EmptyState } from '../ui/EmptyState';
import { NOTIFICATION_LINE, NotificationLine } from './NotificationLine';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { relativeDay } from '../ui/dates';
import { useMarkRead } from './useMarkRead';
import type { NotificationsQuery } from '../generated/types';
import styles from './NotificationsPage.module.css';

const NOTIFICATIONS = graphql(
  `
    query Notifications($after: String) {
      unreadNotificationCount
      myNotifications(first: 20, after: $after) {
        edges {
          node {
            id
            createdAt
            readAt
            ...NotificationLine_notification
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [NOTIFICATION_LINE],
);

type Node = NotificationsQuery['myNotifications']['edges'][number]['node'];

/** Notifications of the viewer, newest first, grouped by day. */
export function NotificationsPage() {
  const query = useQuery(NOTIFICATIONS, { fetchPolicy: 'cache-and-network' });
  const { data, error, refetch } = query;
  const more = useLoadMore(data?.myNotifications, query);
  const { markOne, markAll } = useMarkRead();

  if (!data)
    return (
      <PagePending
        title={t('notifications.title')}
        error={error}
        retry={refetch}
      />
    );

  const nodes = data.myNotifications.edges.map(({ node }) => node);
  if (nodes.length === 0)
    return (
      <Page title={t('notifications.title')}>
        <EmptyState
          picture={<IconBell size={48} stroke={1.3} />}
          title={t('notifications.none')}
        >
          {t('notifications.noneText')}
        </EmptyState>
      </Page>
    );

  const unread = nodes.filter(({ readAt }) => readAt == null);
  const firstNew = nodes[more.firstNew ?? -1];
  return (
    <Page
      title={t('notifications.title')}
      actions={
        <Button
          variant="default"
          leftSection={<IconChecks size={18} />}
          // A disabled button would lose the focus.
          aria-disabled={data.unreadNotificationCount === 0}
          onClick={() =>
            data.unreadNotificationCount > 0 &&
            void markAll(unread.map(({ id }) => id))
          }
        >
          {t('notifications.markAll')}
        </Button>
      }
    >
      <Stack gap="lg">
        {groupByDay(nodes).map(([day, ofDay]) => (
          <section key={day} aria-labelledby={`day-${day}`}>
            <Title order={2} size="h5" id={`day-${day}`} mb="xs">
              {dayHeading(day)}
            </Title>
            <Paper component="ul" className={`surface ${styles.list}`}>
              {ofDay.map((node) => (
                <NotificationLine
                  key={node.id}
                  notification={node}
                  takesFocus={node === firstNew}
                  onOpen={() => node.readAt == null && void markOne(node.id)}
                />
              ))}
            </Paper>
          </section>
        ))}
      </Stack>
      <LoadMore more={more} arrived={t('notifications.moreLoaded')} />
    </Page>
  );
}

/**
 * Returns the day of a moment in the reader's time zone: it groups notifications, and has nothing to do
 * with the days of a loan.
 */
function localDay(moment: Date): string {
  const part = (number: number) => String(number).padStart(2, '0');
  return `${moment.getFullYear()}-${part(moment.getMonth() + 1)}-${part(moment.getDate())}`;
}

function dayHeading(day: string): string {
  const name = relativeDay(day, localDay(new Date()));
  return name.charAt(0).toLocaleUpperCase(locale()) + name.slice(1);
}

function groupByDay(nodes: readonly Node[]): [day: string, nodes: Node[]][] {
  const days = new Map<string, Node[]>();
  for (const node of nodes) {
    const day = localDay(new Date(node.createdAt));
    days.set(day, [...(days.get(day) ?? []), node]);
  }
  return [...days];
}
