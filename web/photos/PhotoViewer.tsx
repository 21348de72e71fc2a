import { ActionIcon, Group, Modal, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { isRightToLeft, t } from '../languages/texts';
import { withoutIsolates } from '../languages/isolate';
import styles from './PhotoViewer.module.css';

/** A photo in both of its sizes. */
export type GalleryPhoto = {
  id: string;
  /** URL of the small size. */
  small: string;
  /** URL of the large size. */
  large: string;
};

/** Returns the step to another photo for an arrow key; undefined for other keys. */
export function stepOf(key: string): 1 | -1 | undefined {
  if (key === 'ArrowRight') return isRightToLeft() ? -1 : 1;
  if (key === 'ArrowLeft') return isRightToLeft() ? 1 : -1;
  return undefined;
}

/** A photo on the whole screen. A tap enlarges it further, and it can be moved by scrolling. */
export function PhotoViewer({
  photo,
  title,
  opened,
  onClose,
  onStep,
}: {
  photo?: GalleryPhoto;
  /** Description of the photo. */
  title: string;
  opened: boolean;
  onClose: () => void;
  /** Shows the next photo (1) or the previous one (-1); undefined if there is only one. */
  onStep?: (by: 1 | -1) => void;
}) {
  const [zoomed, setZoomed] = useState<string | null>(null);
  const isZoomed = zoomed === photo?.id;

  const step = (event: KeyboardEvent) => {
    // React passes it on to the gallery, which also listens to these keys.
    event.stopPropagation();
    const by = stepOf(event.key);
    if (by) onStep?.(by);
  };

  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setZoomed(null)}
      fullScreen
      padding={0}
      classNames={{ content: styles.content, body: styles.body }}
    >
      <Modal.Content aria-label={title}>
        <Modal.Body>
          <div className={styles.window} onKeyDown={step}>
            <UnstyledButton
              className={styles.photo}
              data-zoomed={isZoomed || undefined}
              data-autofocus
              aria-pressed={isZoomed}
              aria-label={withoutIsolates(t('photos.zoom', { title }))}
              onClick={() => setZoomed(isZoomed ? null : (photo?.id ?? null))}
            >
              <img src={photo?.large} alt="" />
            </UnstyledButton>
            <Group className={styles.tools} gap="xs">
              {onStep && (
                <>
                  <Tool label={t('photos.previous')} onClick={() => onStep(-1)}>
                    <IconChevronLeft
                      size={22}
                      aria-hidden="true"
                      className="mirrored"
                    />
                  </Tool>
                  <Tool label={t('photos.next')} onClick={() => onStep(1)}>
                    <IconChevronRight
                      size={22}
                      aria-hidden="true"
                      className="mirrored"
                    />
                  </Tool>
                </>
              )}
              <Tool label={t('photos.close')} onClick={onClose}>
                <IconX size={22} aria-hidden="true" />
              </Tool>
            </Group>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Tool({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon
      variant="default"
      radius="xl"
      size={44}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
