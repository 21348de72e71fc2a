import { useApolloClient } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { ConfirmButton } from '../ui/ConfirmButton';
import { toastDone } from '../ui/toast';
import { t } from '../languages/texts';

const REPORT_ITEM = graphql(
  `
    mutation ReportItem($input: ReportItemInput!) {
      payload: reportItem(input: $input) {
        report {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const REPORT_USER = graphql(
  `
    mutation ReportUser($input: ReportUserInput!) {
      payload: reportUser(input: $input) {
        report {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const REPORT_MESSAGE = graphql(
  `
    mutation ReportMessage($input: ReportMessageInput!) {
      payload: reportMessage(input: $input) {
        report {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** The target of a report: an item, a person in a neighborhood, or a message. */
export type ReportTarget =
  | { itemId: string }
  | { userId: string; neighborhoodId: string }
  | { messageId: string };

/** Reports something to the stewards, with a reason. */
export function ReportButton({
  target,
  label = t('reports.report'),
  size,
}: {
  target: ReportTarget;
  /** The button's label. */
  label?: string;
  size?: ButtonProps['size'];
}) {
  const client = useApolloClient();
  const kind = kindOf(target);

  const report = async (reason: string) => {
    const payload = await send(client, target, reason);
    if (payload?.report) toastDone(t('reports.sent'));
    return payload?.errors ?? [];
  };

  return (
    <ConfirmButton
      label={label}
      size={size}
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      leftSection={<IconFlag size={18} aria-hidden="true" />}
      title={t(`reports.title.${kind}`)}
      text={t(`reports.text.${kind}`)}
      confirmLabel={t('reports.send')}
      isHarmless
      reason={{ label: t('reports.reason'), maxLength: 2000, required: true }}
      onConfirm={report}
    />
  );
}

function kindOf(target: ReportTarget): 'item' | 'person' | 'message' {
  if ('itemId' in target) return 'item';
  return 'userId' in target ? 'person' : 'message';
}

async function send(
  client: ReturnType<typeof useApolloClient>,
  target: ReportTarget,
  reason: string,
) {
  if ('itemId' in target) {
    const variables = { input: { ...target, reason } };
    const answer = await client.mutate({ mutation: REPORT_ITEM, variables });
    return answer.data?.payload;
  }
  if ('userId' in target) {
    const variables = { input: { ...target, reason } };
    const answer = await client.mutate({ mutation: REPORT_USER, variables });
    return answer.data?.payload;
  }
  const variables = { input: { ...target, reason } };
  const answer = await client.mutate({ mutation: REPORT_MESSAGE, variables });
  return answer.data?.payload;
}
