import { useMutation } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Radio, Stack } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { RetiredReason } from '../generated/types';
import { ConfirmButton } from '../ui/ConfirmButton';
import { evictNeighborhoodItems } from './evictItemLists';
import { toastDone } from '../ui/toast';
import '@mantine/core/styles/Radio.css';
import { isolate } from '../ui/isolate';

/** Label of each reason to retire an item. */
export const RETIRED_REASON_LABELS: Record<RetiredReason, string> = {
  GIVEN_AWAY: 'It belongs to somebody else now',
  BROKEN: 'It does not work any more',
  LOST: 'Nobody knows where it is',
};

/** Tells whether a text is one of the reasons. */
function isRetiredReason(text: string): text is RetiredReason {
  return Object.hasOwn(RETIRED_REASON_LABELS, text);
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
      label="Retire"
      size={size}
      aria-label={`Retire ${title}`}
      variant="subtle"
      color="red"
      c="var(--mantine-color-error)"
      leftSection={<IconArchive size={18} />}
      title="Stop lending this?"
      text={
        <Stack gap="md">
          <span>
            Neighbors will not find “<bdi>{title}</bdi>” any more, and it cannot
            come back.
          </span>
          <Radio.Group
            label="What happened?"
            value={reason}
            onChange={(value) => {
              if (isRetiredReason(value)) setReason(value);
            }}
          >
            <Stack gap="xs" mt="xs">
              {Object.entries(RETIRED_REASON_LABELS).map(([value, label]) => (
                <Radio key={value} value={value} label={label} size="md" />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      }
      confirmLabel="Retire it"
      cancelLabel="Keep it"
      onConfirm={async () => {
        const { data } = await retire({
          variables: { input: { itemId: id, reason } },
        });
        const errors = data?.retireItem?.errors ?? [];
        if (errors.length === 0) toastDone(`“${isolate(title)}” is retired.`);
        return errors;
      }}
    />
  );
}
