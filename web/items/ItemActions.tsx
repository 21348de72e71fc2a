import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Button, Group } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import type { ItemActions_ItemFragment } from '../generated/types';
import { paths } from '../paths';
import { PauseItem, ResumeItem } from './PauseItem';
import { RetireItem } from './RetireItem';

/** Fields that the owner's actions on an item need. */
export const ITEM_ACTIONS = graphql(`
  fragment ItemActions_item on Item {
    id
    title
    status
    viewerActions
  }
`);

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
          aria-label={`Edit ${data.title}`}
        >
          Edit
        </Button>
      )}
      {may.has('PAUSE') && <PauseItem item={data} size={size} />}
      {may.has('RESUME') && <ResumeItem item={data} size={size} />}
      {may.has('RETIRE') && <RetireItem item={data} size={size} />}
    </Group>
  );
}
