import { ActionIcon, UnstyledButton } from '@mantine/core';
import { useDisclosure, useReducedMotion } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import type { GalleryPhoto } from './PhotoViewer';
import { PhotoViewer } from './PhotoViewer';
import styles from './PhotoGallery.module.css';

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
  const [isOpen, { open, close }] = useDisclosure();

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

  const viewer = (
    <PhotoViewer
      photo={photos[shown]}
      title={title}
      opened={isOpen}
      onClose={close}
      onStep={last > 0 ? (by) => show(shown + by) : undefined}
    />
  );
  if (last === 0)
    return (
      <div className={styles.gallery}>
        <Slide photo={photos[0]} name={title} isFirst onOpen={open} />
        {viewer}
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
              isFirst={index === 0}
              onOpen={open}
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
      {viewer}
    </div>
  );
}

function Slide({
  photo,
  name,
  isFirst = false,
  onOpen,
}: {
  photo?: GalleryPhoto;
  name: string;
  /** Whether it is in sight when the page opens. */
  isFirst?: boolean;
  /** Shows it on the whole screen. */
  onOpen: () => void;
}) {
  return (
    <UnstyledButton className={styles.slide} title="Enlarge" onClick={onOpen}>
      <img
        src={photo?.large}
        alt={name}
        loading={isFirst ? 'eager' : 'lazy'}
        fetchPriority={isFirst ? 'high' : undefined}
        decoding="async"
      />
    </UnstyledButton>
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
