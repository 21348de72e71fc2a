import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Group, Paper, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CardTitle } from '../ui/CardTitle';
import { graphql } from '../apollo/graphql';
import type { ItemCard_ItemFragment } from '../generated/types';
import { paths } from '../paths';
import { ItemPicture } from './ItemPicture';
import { AvailabilityBadge } from './AvailabilityBadge';
import { Loading } from '../ui/Loading';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import styles from './ItemCard.module.css';

/** Fields of an item card. */
export const ITEM_CARD = graphql(
  `
    fragment ItemCard_item on Item {
      id
      title
      category
      status
      availableToday
      photos {
        id
        url
      }
      owner {
        id
        name
        ...PersonAvatar_user
      }
    }
  `,
  [PERSON_AVATAR],
);

/** Card of an item in a list. The whole card is a link. */
export function ItemCard({
  item,
  isInFirstRow = false,
  takesFocus = false,
}: {
  item: FragmentType<ItemCard_ItemFragment>;
  /** Whether its picture is in sight when the page opens. */
  isInFirstRow?: boolean;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus?: boolean;
}) {
  const { data, complete } = useFragment({
    fragment: ITEM_CARD,
    fragmentName: 'ItemCard_item',
    from: item,
  });

  if (!complete) return null;
  const { title, owner, photos, category } = data;
  return (
    <Paper component="article" className={`surface link-card ${styles.card}`}>
      <div className={styles.picture}>
        <ItemPicture
          url={photos[0]?.url}
          category={category}
          isUrgent={isInFirstRow}
        />
        <AvailabilityBadge {...data} className={styles.badge} />
      </div>
      <div className={styles.text}>
        <CardTitle to={paths.item(data.id)} takesFocus={takesFocus}>
          {title}
        </CardTitle>
        <Group gap={8} wrap="nowrap" miw={0}>
          <PersonAvatar user={owner} />
          <Text
            size="sm"
            c="dimmed"
            lineClamp={1}
            dir="auto"
            className="wrap-anywhere"
          >
            {owner.name}
          </Text>
        </Group>
      </div>
    </Paper>
  );
}

/** Most cards in a row of `ItemGrid`, on a wide screen. */
export const MAX_CARDS_IN_ROW = 4;

/** Grid of item cards, as many side by side as fit. */
export function ItemGrid({ children }: { children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}

/** Placeholder for cards that are loading. */
export function ItemGridSkeleton({ count }: { count: number }) {
  return (
    <Loading>
      <ItemGrid>
        {Array.from({ length: count }, (_, index) => (
          <Paper key={index} className={`surface ${styles.card}`}>
            <Skeleton radius={0} className={styles.picture} />
            <div className={styles.text}>
              <Skeleton height={18} width="80%" />
              <Skeleton height={24} width="55%" />
            </div>
          </Paper>
        ))}
      </ItemGrid>
    </Loading>
  );
}
