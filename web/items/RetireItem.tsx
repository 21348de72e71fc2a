import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Radio, Stack } from '@mantine/core';
import '@mantine/core/styles/Radio.css';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import type {
  RetireItemMutation,
  RetireItemMutationVariables,
  RetiredReason,
} from '../generated/types';
import { ConfirmButton } from '../ui/ConfirmButton';
import type { ItemButtonProps } from './PauseItem';
import { evictNeighborhoodItems } from './evictItemLists';
import { RETIRED_REASON_LABELS, isRetiredReason } from './retiredReason';
import { toastDone } from '../ui/toast';

const RETIRE_ITEM: TypedDocumentNode<
  RetireItemMutation,
  RetireItemMutationVariables
> = gql`
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
        code
        message
      }
    }
  }
`;

/** Takes a thing of one's own out of the neighborhood for good, and asks why. */
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
      title="Lend this no more?"
      text={
        <Stack gap="md">
          <span>
            Neighbors will not find “{title}” any more, and it cannot come back.
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
          variables: { input: { id, reason } },
        });
        const errors = data?.retireItem?.errors ?? [];
        if (errors.length === 0) toastDone(`“${title}” is retired.`);
        return errors;
      }}
    />
  );
}
