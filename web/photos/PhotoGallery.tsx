import { ActionIcon, UnstyledButton } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import styles from './PhotoGallery.module.css';

/** A photo in both of its sizes. */
export type GalleryPhoto = {
  id: string;
  /** URL of the small size. */
  small: string;
  /** URL of the large size. */
  large: string;
};

/** Photos side by side, one at a time: swiped, stepped through by buttons or keys, or chosen. */
export function PhotoGallery({
  photos,
  title,
}: {
  /** At least one. */
  photos: readonly GalleryPhoto[];
  /** Description of the photos. */
  title: string;
}) {
  const track = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(0);
  const prefersReducedMotion = useReducedMotion(false, {
    getInitialValueInEffect: false,
  });
  const last = photos.length - 1;

  const show = (index: number) => {
    const next = Math.min(Math.max(index, 0), last);
    setShown(next);
    const width = track.current?.clientWidth ?? 0;
    track.current?.scrollTo({
      left: next * width,
      behavior: prefersReducedMotion ? 'auto' : 'smooth',
    });
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by == null) return;
    event.preventDefault();
    show(shown + by);
  };
  // Shows the photo to which the user swiped.
  const settle = () => {
    const { scrollLeft = 0, clientWidth = 0 } = track.current ?? {};
    if (clientWidth > 0) setShown(Math.round(scrollLeft / clientWidth));
  };

  if (last === 0)
    return (
      <div className={styles.gallery}>
        <Slide photo={photos[0]} name={title} />
      </div>
    );
  return (
    <div
      className={styles.gallery}
      role="group"
      aria-label={`Photos: ${title}`}
      onKeyDown={step}
    >
      <div className={styles.window}>
        <div
          ref={track}
          className={styles.track}
          tabIndex={0}
          role="group"
          aria-label={`Photo ${shown + 1} of ${photos.length}`}
          onScroll={settle}
        >
          {photos.map((photo, index) => (
            <Slide
              key={photo.id}
              photo={photo}
              name={`${title}, photo ${index + 1}`}
            />
          ))}
        </div>
        <Step label="Previous photo" to={shown - 1} last={last} show={show} />
        <Step label="Next photo" to={shown + 1} last={last} show={show} />
      </div>
      <div className={styles.thumbnails}>
        {photos.map((photo, index) => (
          <UnstyledButton
            key={photo.id}
            className={styles.thumbnail}
            aria-label={`Show photo ${index + 1}`}
            aria-current={index === shown}
            onClick={() => show(index)}
          >
            <img src={photo.small} alt="" decoding="async" />
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}

function Slide({ photo, name }: { photo?: GalleryPhoto; name: string }) {
  return (
    <img
      className={styles.slide}
      src={photo?.large}
      alt={name}
      decoding="async"
    />
  );
}

function Step({
  label,
  to,
  last,
  show,
}: {
  label: string;
  to: number;
  last: number;
  show: (index: number) => void;
}) {
  const Sign = label === 'Next photo' ? IconChevronRight : IconChevronLeft;
  return (
    <ActionIcon
      variant="default"
      radius="xl"
      size={44}
      className={`${styles.step} ${label === 'Next photo' ? styles.next : styles.previous}`}
      aria-label={label}
      // Disabled, it would lose the focus.
      aria-disabled={to < 0 || to > last}
      onClick={() => show(to)}
    >
      <Sign size={22} aria-hidden="true" />
    </ActionIcon>
  );
}
