import { ActionIcon, Group, Modal, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import styles from './PhotoViewer.module.css';

/** A photo in both of its sizes. */
export type GalleryPhoto = {
  id: string;
  /** URL of the small size. */
  small: string;
  /** URL of the large size. */
  large: string;
};

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
    if (event.key === 'ArrowLeft') onStep?.(-1);
    if (event.key === 'ArrowRight') onStep?.(1);
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
              aria-label={`${title}, zoom`}
              onClick={() => setZoomed(isZoomed ? null : (photo?.id ?? null))}
            >
              <img src={photo?.large} alt="" />
            </UnstyledButton>
            <Group className={styles.tools} gap="xs">
              {onStep && (
                <>
                  <Tool label="Previous photo" onClick={() => onStep(-1)}>
                    <IconChevronLeft size={22} aria-hidden="true" />
                  </Tool>
                  <Tool label="Next photo" onClick={() => onStep(1)}>
                    <IconChevronRight size={22} aria-hidden="true" />
                  </Tool>
                </>
              )}
              <Tool label="Close" onClick={onClose}>
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
