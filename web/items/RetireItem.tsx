import { useMutation } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Radio, Stack } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { RetiredReason } from '../generated/types';
import { rich, t } from '../languages/texts';
import { ConfirmButton } from '../ui/ConfirmButton';
import { evictNeighborhoodItems } from './evictItemLists';
import { toastDone } from '../ui/toast';
import '@mantine/core/styles/Radio.css';
import { withoutIsolates } from '../languages/isolate';

/** Message of each reason to retire an item. */
const REASON_MESSAGES = {
  GIVEN_AWAY: 'items.retiredReason.GIVEN_AWAY',
  BROKEN: 'items.retiredReason.BROKEN',
  LOST: 'items.retiredReason.LOST',
} as const satisfies { [Name in RetiredReason]: `items.retiredReason.${Name}` };

/** Tells whether a text is one of the reasons. */
function isRetiredReason(text: string): text is RetiredReason {
  return Object.hasOwn(REASON_MESSAGES, text);
}

const RETIRE_ITEM = graphql(
  `
    mutation RetireItem($input: RetireItemInput!) {
      retireItem(input: $input) {
        item {
          id
          status
          retiredReason
          availableToday
          viewerActions
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Props of a button that acts on the viewer's own item. */
export type ItemButtonProps = {
  item: { id: string; title: string };
  size?: ButtonProps['size'];
};

/** Button that retires an own item for good, after asking for the reason. */
export function RetireItem({ item: { id, title }, size }: ItemButtonProps) {
  const [reason, setReason] = useState<RetiredReason>('GIVEN_AWAY');
  const [retire] = useMutation(RETIRE_ITEM, { update: evictNeighborhoodItems });

  return (
    <ConfirmButton
      label={t('items.retire')}
      size={size}
      aria-label={withoutIsolates(t('items.retireItem', { title }))}
      variant="subtle"
      color="red"
      c="var(--mantine-color-error)"
      leftSection={<IconArchive size={18} />}
      title={t('items.retireTitle')}
      text={
        <Stack gap="md">
          <span>{rich('items.retireText', { title: <bdi>{title}</bdi> })}</span>
          <Radio.Group
            label={t('items.retireReason')}
            value={reason}
            onChange={(value) => {
              if (isRetiredReason(value)) setReason(value);
            }}
          >
            <Stack gap="xs" mt="xs">
              {Object.entries(REASON_MESSAGES).map(([value, message]) => (
                <Radio key={value} value={value} label={t(message)} size="md" />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      }
      confirmLabel={t('items.retireConfirm')}
      cancelLabel={t('items.retireCancel')}
      onConfirm={async () => {
        const { data } = await retire({
          variables: { input: { itemId: id, reason } },
        });
        const errors = data?.retireItem?.errors ?? [];
        if (errors.length === 0) toastDone(t('items.retireDone', { title }));
        return errors;
      }}
    />
  );
}
