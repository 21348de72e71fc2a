import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../languages/texts';
import type { UploadedPhoto } from './uploadPhoto';
import styles from './PhotoTile.module.css';

/** Picture in a form, with buttons to move and remove it. */
export function PhotoTile({
  photo,
  place,
  count,
  onMove,
  onRemove,
}: {
  photo: UploadedPhoto;
  /** Its position, counted from 1. */
  place: number;
  /** The number of pictures. */
  count: number;
  /** Called with -1 or 1. */
  onMove: (by: number) => void;
  onRemove: () => void;
}) {
  return (
    <li className={styles.tile} data-photo={photo.id}>
      <img src={photo.url} alt={t('photos.photo', { place })} />
      {place === 1 && (
        <span className={styles.first}>{t('photos.inLists')}</span>
      )}
      <TileButton
        label={t('photos.removePhoto', { place })}
        className={styles.remove}
        onClick={onRemove}
      >
        <IconX size={18} />
      </TileButton>
      {count > 1 && (
        <div className={styles.moves}>
          <TileButton
            label={t('photos.moveBackward', { place })}
            data-by={-1}
            aria-disabled={place === 1}
            onClick={() => onMove(-1)}
          >
            <IconChevronLeft size={18} className="mirrored" />
          </TileButton>
          <TileButton
            label={t('photos.moveForward', { place })}
            data-by={1}
            aria-disabled={place === count}
            onClick={() => onMove(1)}
          >
            <IconChevronRight size={18} className="mirrored" />
          </TileButton>
        </div>
      )}
    </li>
  );
}

function TileButton({
  label,
  children,
  ...button
}: {
  label: string;
  children: ReactNode;
  className?: string;
  onClick: () => void;
  'data-by'?: number;
  'aria-disabled'?: boolean;
}) {
  return (
    <ActionIcon
      variant="default"
      size={36}
      radius="xl"
      aria-label={label}
      {...button}
    >
      {children}
    </ActionIcon>
  );
}
