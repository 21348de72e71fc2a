import { useQuery } from '@apollo/client/react';
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import type { ReportStatus } from '../generated/types';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { Loading, TextSkeleton } from '../ui/Loading';
import { REPORT_CARD, ReportCard } from './ReportCard';
import { t } from '../languages/texts';

const REPORTS = graphql(
  `
    query Reports($neighborhoodId: ID!, $status: ReportStatus, $after: String) {
      neighborhood(id: $neighborhoodId) {
        id
        reports(status: $status, first: 10, after: $after) {
          edges {
            node {
              id
              ...Report_report
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
  [REPORT_CARD],
);

/** Reads the reports of a neighborhood, open or resolved, for `ReportList`. */
export function useReports(neighborhoodId: string) {
  const [status, setStatus] = useState<ReportStatus>('OPEN');
  const query = useQuery(REPORTS, {
    variables: { neighborhoodId, status },
    fetchPolicy: 'cache-and-network',
  });
  const { data, previousData, error, refetch } = query;
  const reports = data?.neighborhood?.reports;
  const more = useLoadMore(reports, query, `${neighborhoodId} ${status}`);
  return {
    reports,
    error,
    refetch,
    more,
    isOpen: status === 'OPEN',
    setStatus,
    /** Whether nothing has been shown yet. */
    isFirstLoading: !data && !previousData && !error,
  };
}

/** Lists the reports of a neighborhood: open or resolved. */
export function ReportList({
  reports: { reports, error, refetch, more, isOpen, setStatus },
}: {
  reports: ReturnType<typeof useReports>;
}) {
  return (
    <section aria-labelledby="reports">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h3" id="reports">
          {isOpen ? t('reports.open.title') : t('reports.closed.title')}
        </Title>
        <Anchor
          component="button"
          type="button"
          py={8}
          onClick={() => setStatus(isOpen ? 'RESOLVED' : 'OPEN')}
        >
          {isOpen ? t('reports.closed.show') : t('reports.open.show')}
        </Anchor>
      </Group>
      {error && !reports && <LoadError error={error} retry={refetch} />}
      {!error && !reports && (
        <Loading>
          <TextSkeleton />
        </Loading>
      )}
      {reports?.edges.length === 0 && (
        <Text c="dimmed" role="status">
          {isOpen ? t('reports.open.none') : t('reports.closed.none')}
        </Text>
      )}
      <Stack component="ul" className="plain-list" gap="sm" mt="sm">
        {reports?.edges.map(({ node }) => (
          <ReportCard key={node.id} report={node} />
        ))}
      </Stack>
      {more.hasMore && <LoadMore more={more} arrived={t('reports.more')} />}
    </section>
  );
}
