import type { FragmentType } from '@apollo/client';
import { useApolloClient, useFragment } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Button, Group } from '@mantine/core';
import {
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { ItemActions_ItemFragment } from '../generated/types';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { useAction } from '../ui/useAction';
import type { ItemButtonProps } from './RetireItem';
import { RetireItem } from './RetireItem';
import { evictNeighborhoodItems } from './evictItemLists';
import { withoutIsolates } from '../languages/isolate';

/** Fields that the owner's actions on an item need. */
export const ITEM_ACTIONS = graphql(`
  fragment ItemActions_item on Item {
    id
    title
    status
    viewerActions
  }
`);

const PAUSE_ITEM = graphql(
  `
    mutation PauseItem($input: PauseItemInput!) {
      result: pauseItem(input: $input) {
        item {
          id
          status
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

const RESUME_ITEM = graphql(
  `
    mutation ResumeItem($input: ResumeItemInput!) {
      result: resumeItem(input: $input) {
        item {
          id
          status
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

/** Buttons for the actions that the owner of an item may take now. */
export function ItemActions({
  item,
  size,
}: {
  item: FragmentType<ItemActions_ItemFragment>;
  /** Of the buttons. */
  size?: ButtonProps['size'];
}) {
  const { data, complete } = useFragment({
    fragment: ITEM_ACTIONS,
    from: item,
  });
  if (!complete) return null;
  const { title } = data;
  const may = new Set(data.viewerActions);
  return (
    <Group gap="sm">
      {may.has('EDIT') && (
        <Button
          component={Link}
          to={paths.editItem(data.id)}
          size={size}
          variant="default"
          leftSection={<IconPencil size={18} />}
          aria-label={withoutIsolates(t('items.editItem', { title }))}
        >
          {t('items.edit')}
        </Button>
      )}
      {may.has('PAUSE') && (
        <StatusButton
          item={data}
          size={size}
          label={t('items.pause')}
          aria-label={withoutIsolates(t('items.pauseItem', { title }))}
          variant="default"
          leftSection={<IconPlayerPause size={18} />}
          mutation={PAUSE_ITEM}
          done={t('items.pauseDone', { title })}
        />
      )}
      {may.has('RESUME') && (
        <StatusButton
          item={data}
          size={size}
          label={t('items.resume')}
          aria-label={withoutIsolates(t('items.resumeItem', { title }))}
          variant="light"
          leftSection={<IconPlayerPlay size={18} />}
          mutation={RESUME_ITEM}
          done={t('items.resumeDone', { title })}
        />
      )}
      {may.has('RETIRE') && <RetireItem item={data} size={size} />}
    </Group>
  );
}

/** Hides an item from the neighbors, or offers it again. */
function StatusButton({
  item,
  label,
  mutation,
  done,
  ...button
}: ItemButtonProps & {
  label: string;
  'aria-label': string;
  mutation: typeof PAUSE_ITEM | typeof RESUME_ITEM;
  /** Toast on success. */
  done: string;
} & Pick<ButtonProps, 'variant' | 'leftSection'>) {
  const client = useApolloClient();
  const { run, isBusy } = useAction();
  const send = async () => {
    const { data } = await client.mutate({
      mutation,
      variables: { input: { itemId: item.id } },
      update: evictNeighborhoodItems,
    });
    return data?.result?.errors;
  };
  return (
    <Button {...button} loading={isBusy} onClick={() => void run(send, done)}>
      {label}
    </Button>
  );
}
