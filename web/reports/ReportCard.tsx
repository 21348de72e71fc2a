import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Anchor, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { Report_ReportFragment } from '../generated/types';
import { paths } from '../paths';
import { ConfirmButton } from '../ui/ConfirmButton';
import { PERSON_LINK, PersonLink } from '../users/PersonLink';
import { TimeAgo } from '../ui/TimeAgo';
import { toastDone } from '../ui/toast';
import styles from './ReportCard.module.css';
import { UserText } from '../ui/UserText';
import { rich, t } from '../languages/texts';

/** Fields of a report's card. */
export const REPORT_CARD = graphql(
  `
    fragment Report_report on Report {
      id
      reason
      status
      resolution
      createdAt
      reporter {
        id
        name
      }
      reportedUser {
        id
        ...PersonLink_user
      }
      item {
        id
        title
      }
      message {
        id
        body
      }
      loan {
        id
      }
      resolvedBy {
        id
        name
      }
    }
  `,
  [PERSON_LINK],
);

const RESOLVE_REPORT = graphql(
  `
    mutation ResolveReport($input: ResolveReportInput!) {
      resolveReport(input: $input) {
        report {
          id
          status
          resolution
          resolvedBy {
            id
            name
          }
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Shows a report and how it was resolved. */
export function ReportCard({
  report,
}: {
  report: FragmentType<Report_ReportFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: REPORT_CARD,
    fragmentName: 'Report_report',
    from: report,
  });
  const [resolveReport] = useMutation(RESOLVE_REPORT);
  if (!complete) return null;
  const { item, message, loan, resolution, resolvedBy } = data;

  const resolve = async (text: string) => {
    const answer = await resolveReport({
      variables: { input: { reportId: data.id, resolution: text } },
    });
    const { report: resolved, errors } = answer.data?.resolveReport ?? {};
    if (resolved) toastDone(t('reports.close.done'));
    return errors ?? [];
  };
  const outcome = {
    b: (label: ReactNode[]) => (
      <Text component="span" inherit fw={600}>
        {label}
      </Text>
    ),
    resolution: <bdi>{resolution}</bdi>,
  };

  return (
    <Paper component="li" className="surface" p="md">
      <Group gap="xs" mb="xs" c="dimmed">
        {data.reportedUser
          ? rich('reports.about', {
              person: <PersonLink user={data.reportedUser} />,
            })
          : rich('reports.aboutHidden', {
              person: (parts) => <span>{parts}</span>,
            })}
      </Group>
      {item && (
        <Text mb="xs" className="wrap-anywhere">
          {rich('reports.item', {
            item: (
              <Anchor component={Link} to={paths.item(item.id)} fw={600}>
                <bdi>{item.title}</bdi>
              </Anchor>
            ),
          })}
        </Text>
      )}
      {message && (
        <UserText component="blockquote" className={styles.message}>
          {message.body}
        </UserText>
      )}
      {loan && (
        <Text mb="xs">
          <Anchor component={Link} to={paths.loan(loan.id)} fw={600}>
            {t('reports.conversation')}
          </Anchor>
        </Text>
      )}
      <UserText className="instructions">{data.reason}</UserText>
      <Text size="sm" c="dimmed" mt="xs" className="wrap-anywhere">
        {data.reporter
          ? rich('reports.reportedBy', {
              name: <bdi>{data.reporter.name}</bdi>,
              ago: <TimeAgo at={data.createdAt} />,
            })
          : rich('reports.reportedByNeighbor', {
              name: (parts) => <bdi>{parts}</bdi>,
              ago: <TimeAgo at={data.createdAt} />,
            })}
      </Text>
      {data.status === 'OPEN' ? (
        <Group mt="md">
          <ConfirmButton
            label={t('reports.close')}
            variant="light"
            size="sm"
            title={t('reports.close.title')}
            text={t('reports.close.text')}
            confirmLabel={t('reports.close.confirm')}
            isHarmless
            reason={{
              label: t('reports.close.reason'),
              maxLength: 2000,
              required: true,
            }}
            onConfirm={resolve}
          />
        </Group>
      ) : (
        <Text mt="md" className="wrap-anywhere">
          {resolvedBy
            ? rich('reports.resolvedBy', {
                ...outcome,
                // With a key, as it is one of the parts of `b`.
                name: <bdi key="name">{resolvedBy.name}</bdi>,
              })
            : rich('reports.resolved', outcome)}
        </Text>
      )}
    </Paper>
  );
}
