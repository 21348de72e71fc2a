import { Box } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import {
  IconBabyCarriage,
  IconBalloon,
  IconBike,
  IconBook2,
  IconCamera,
  IconChefHat,
  IconHammer,
  IconPackage,
  IconPlant,
  IconPlayFootball,
  IconTent,
  IconWashMachine,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ItemCategory } from '../generated/types';
import styles from './ItemPicture.module.css';

/** Icon and background hue of an item without a photo. */
const PLACEHOLDERS: Record<ItemCategory, [Sign: Icon, hue: number]> = {
  TOOLS: [IconHammer, 28],
  GARDEN: [IconPlant, 110],
  KITCHEN: [IconChefHat, 45],
  HOUSEHOLD: [IconWashMachine, 200],
  ELECTRONICS: [IconCamera, 260],
  SPORTS: [IconPlayFootball, 150],
  TRAVEL: [IconTent, 90],
  BIKES: [IconBike, 180],
  KIDS: [IconBabyCarriage, 330],
  LEISURE: [IconBook2, 15],
  PARTY: [IconBalloon, 300],
  OTHER: [IconPackage, 60],
};

/**
 * Picture of an item, or a drawing of its category. Hidden from screen readers, as the title is beside
 * it.
 */
export function ItemPicture({
  url,
  category,
  isUrgent = false,
}: {
  /** URL of the photo; null if there is none. */
  url: string | null | undefined;
  category: ItemCategory;
  /** Whether it is in sight when the page opens, and so fetched before others. */
  isUrgent?: boolean;
}) {
  // A URL is valid for one to two days; a page that stays open longer shows the drawing.
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  if (url != null && url !== failedUrl)
    return (
      <img
        src={url}
        alt=""
        loading={isUrgent ? 'eager' : 'lazy'}
        fetchPriority={isUrgent ? 'high' : undefined}
        decoding="async"
        className={styles.picture}
        onError={() => setFailedUrl(url)}
      />
    );
  return <PlaceholderDrawing category={category} />;
}

/** Drawing of a category: its icon in front of hills and a sun. */
function PlaceholderDrawing({ category }: { category: ItemCategory }) {
  const [Sign, hue] = PLACEHOLDERS[category];
  return (
    <Box
      className={`${styles.picture} ${styles.drawing}`}
      aria-hidden="true"
      __vars={{ '--hue': String(hue) }}
    >
      <svg viewBox="0 0 160 120" preserveAspectRatio="xMidYMax slice">
        <circle className={styles.sun} cx="126" cy="30" r="14" />
        <path className={styles.farHill} d="M0 92q40-30 84-12t76-14v54H0z" />
        <path className={styles.nearHill} d="M0 104q52-22 98-6t62-8v30H0z" />
      </svg>
      <Sign className={styles.icon} stroke={1.3} />
    </Box>
  );
}
