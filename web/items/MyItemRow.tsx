import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Paper, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import { graphql } from '../apollo/graphql';
import type { MyItemRow_ItemFragment } from '../generated/types';
import { paths } from '../paths';
import { ITEM_ACTIONS, ItemActions } from './ItemActions';
import { ItemPicture } from './ItemPicture';
import { AvailabilityBadge } from './AvailabilityBadge';
import styles from './MyItemRow.module.css';

/** Fields of a row of the viewer's own items. */
export const MY_ITEM_ROW = graphql(
  `
    fragment MyItemRow_item on Item {
      id
      title
      category
      status
      availableToday
      photos {
        id
        url
      }
      neighborhood {
        id
        name
      }
      ...ItemActions_item
    }
  `,
  [ITEM_ACTIONS],
);

/** An own item with its actions. */
export function MyItemRow({
  item,
  takesFocus = false,
}: {
  item: FragmentType<MyItemRow_ItemFragment>;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus?: boolean;
}) {
  const link = useFocusOnMount<HTMLAnchorElement>(takesFocus);
  const { data, complete } = useFragment({
    fragment: MY_ITEM_ROW,
    fragmentName: 'MyItemRow_item',
    from: item,
  });

  if (!complete) return null;
  const { id, title, photos, category, neighborhood } = data;
  return (
    <Paper component="article" className={`surface ${styles.row}`}>
      <div className={styles.picture}>
        <ItemPicture url={photos[0]?.url} category={category} />
      </div>
      <div className={styles.text}>
        <Title
          order={2}
          size="h4"
          lineClamp={2}
          dir="auto"
          className="wrap-anywhere"
        >
          <Link ref={link} to={paths.item(id)} className={styles.title}>
            {title}
          </Link>
        </Title>
        {neighborhood && (
          <Text size="sm" c="dimmed" dir="auto" className="wrap-anywhere">
            {neighborhood.name}
          </Text>
        )}
        <AvailabilityBadge {...data} className={styles.badge} />
      </div>
      <div className={styles.actions}>
        <ItemActions item={data} size="sm" />
      </div>
    </Paper>
  );
}
