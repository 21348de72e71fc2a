import { ActionIcon, UnstyledButton } from '@mantine/core';
import { useDisclosure, useReducedMotion } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import { isRightToLeft, t } from '../languages/texts';
import { withoutIsolates } from '../languages/isolate';
import type { GalleryPhoto } from './PhotoViewer';
import { PhotoViewer, stepOf } from './PhotoViewer';
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
      // From right to left, the track begins at 0 and goes on below it.
      left: next * (isRightToLeft() ? -width : width),
      behavior: prefersReducedMotion ? 'auto' : 'smooth',
    });
  };
  const step = (event: KeyboardEvent) => {
    const by = stepOf(event.key);
    if (by == null) return;
    event.preventDefault();
    show(shown + by);
  };
  // Shows the photo to which the user swiped.
  const settle = () => {
    const { scrollLeft = 0, clientWidth = 0 } = track.current ?? {};
    if (clientWidth > 0)
      setShown(Math.round(Math.abs(scrollLeft) / clientWidth));
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
      aria-label={withoutIsolates(t('photos.gallery', { title }))}
      onKeyDown={step}
    >
      <div className={styles.window}>
        <div
          ref={track}
          className={styles.track}
          tabIndex={0}
          role="group"
          aria-label={t('photos.position', {
            place: shown + 1,
            count: photos.length,
          })}
          onScroll={settle}
        >
          {photos.map((photo, index) => (
            <Slide
              key={photo.id}
              photo={photo}
              name={withoutIsolates(
                t('photos.titled', { title, place: index + 1 }),
              )}
              isFirst={index === 0}
              onOpen={open}
            />
          ))}
        </div>
        <Step by={-1} from={shown} last={last} show={show} />
        <Step by={1} from={shown} last={last} show={show} />
      </div>
      <div className={styles.thumbnails}>
        {photos.map((photo, index) => (
          <UnstyledButton
            key={photo.id}
            className={styles.thumbnail}
            aria-label={t('photos.show', { place: index + 1 })}
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
    <UnstyledButton
      className={styles.slide}
      title={t('photos.enlarge')}
      onClick={onOpen}
    >
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
  by,
  from,
  last,
  show,
}: {
  by: 1 | -1;
  /** Index of the photo that is shown. */
  from: number;
  last: number;
  show: (index: number) => void;
}) {
  const Sign = by === 1 ? IconChevronRight : IconChevronLeft;
  const to = from + by;
  return (
    <ActionIcon
      variant="default"
      radius="xl"
      size={44}
      className={`${styles.step} ${by === 1 ? styles.next : styles.previous}`}
      aria-label={t(by === 1 ? 'photos.next' : 'photos.previous')}
      // Disabled, it would lose the focus.
      aria-disabled={to < 0 || to > last}
      onClick={() => show(to)}
    >
      <Sign size={22} aria-hidden="true" className="mirrored" />
    </ActionIcon>
  );
}
