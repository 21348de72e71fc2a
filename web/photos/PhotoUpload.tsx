import {
  Button,
  FileButton,
  Group,
  Input,
  Text,
  ActionIcon,
} from '@mantine/core';
import { IconCamera, IconX } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { t } from '../languages/texts';
import { withoutIsolates } from '../languages/isolate';
import type { UploadedPhoto } from './uploadPhoto';
import { PhotoTile } from './PhotoTile';
import { ACCEPTED_TYPES, useUploads } from './useUploads';
import type { Upload } from './useUploads';
import styles from './PhotoUpload.module.css';

/** Props of the picture field. */
export type PhotoUploadProps = {
  label: string;
  description?: string;
  /** Uploaded pictures, in order. */
  photos: readonly UploadedPhoto[];
  /** Called with a function that computes the new pictures from the current ones. */
  onChange: (
    change: (photos: readonly UploadedPhoto[]) => UploadedPhoto[],
  ) => void;
  /** Called when uploads begin and end: pictures being uploaded are not in the form yet. */
  onUploading: (isUploading: boolean) => void;
  /** The maximum number of pictures. */
  max?: number;
  error?: ReactNode;
};

/**
 * Field for pictures from the camera or from files, which are uploaded at once and can be sorted and
 * removed.
 */
export function PhotoUpload({
  label,
  description,
  photos,
  onChange,
  onUploading,
  max = 6,
  error,
}: PhotoUploadProps) {
  const id = useId();
  const reset = useRef<() => void>(null);
  const [announcement, setAnnouncement] = useState('');
  const { uploads, isUploading, add, remove } = useUploads((photo) => {
    onChange((before) => [...before, photo]);
    setAnnouncement(t('photos.arrived'));
  });
  const field = useRef<HTMLDivElement>(null);
  const focusOn = useFocusAfterChange(field, photos);

  useEffect(() => onUploading(isUploading), [isUploading, onUploading]);

  const freeSlots =
    max - photos.length - uploads.filter((u) => !u.problem).length;
  const choose = (files: File[]) => {
    add(files.slice(0, freeSlots));
    setAnnouncement(
      files.length > freeSlots
        ? t('photos.full', { max })
        : t('photos.uploading'),
    );
    // Allows choosing the same file again.
    reset.current?.();
  };
  const move = (from: number, by: number) => {
    const to = from + by;
    if (to < 0 || to >= photos.length) return;
    onChange((before) => moveTo(before, from, to));
    setAnnouncement(t('photos.moved', { place: to + 1 }));
    focusOn(`[data-photo="${photos[from]?.id}"] [data-by="${by}"]`);
  };
  const takeAway = (index: number) => {
    onChange((before) => before.filter((_, at) => at !== index));
    setAnnouncement(t('photos.removed'));
    focusOn('[data-add]');
  };

  return (
    <div ref={field} role="group" aria-labelledby={id} className={styles.field}>
      <Input.Label component="div" id={id} size="md">
        {label}
      </Input.Label>
      {description != null && (
        <Input.Description size="md">{description}</Input.Description>
      )}
      {photos.length > 0 && (
        <ul className={styles.tiles}>
          {photos.map((photo, index) => (
            <PhotoTile
              key={photo.id}
              photo={photo}
              place={index + 1}
              count={photos.length}
              onMove={(by) => move(index, by)}
              onRemove={() => takeAway(index)}
            />
          ))}
        </ul>
      )}
      <UploadList uploads={uploads} onRemove={remove} />
      <Group gap="md">
        <FileButton
          multiple
          accept={ACCEPTED_TYPES}
          resetRef={reset}
          onChange={choose}
        >
          {(props) => (
            <Button
              {...props}
              data-add
              variant="light"
              // A disabled button would lose the focus.
              aria-disabled={freeSlots <= 0}
              onClick={freeSlots > 0 ? props.onClick : undefined}
              leftSection={<IconCamera size={18} />}
            >
              {t(max > 1 ? 'photos.add' : 'photos.addOne')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('photos.countOfMax', { count: photos.length, max })}
        </Text>
      </Group>
      {error != null && (
        <Text
          size="sm"
          c="var(--mantine-color-error)"
          data-problem
          tabIndex={-1}
        >
          {error}
        </Text>
      )}
      <Text size="sm" c="dimmed" role="status">
        {/* An upload that failed or was stopped is no longer under way. */}
        {announcement !== t('photos.uploading') || isUploading
          ? announcement
          : ''}
      </Text>
    </div>
  );
}

function moveTo(
  photos: readonly UploadedPhoto[],
  from: number,
  to: number,
): UploadedPhoto[] {
  const others = photos.filter((_, index) => index !== from);
  return [
    ...others.slice(0, to),
    ...photos.slice(from, from + 1),
    ...others.slice(to),
  ];
}

/** Moves the focus into an element as soon as its content has changed. */
function useFocusAfterChange(
  element: RefObject<HTMLElement | null>,
  shown: unknown,
): (selector: string) => void {
  const next = useRef<string>(null);
  useEffect(() => {
    if (next.current == null) return;
    element.current?.querySelector<HTMLElement>(next.current)?.focus();
    next.current = null;
  }, [element, shown]);
  return (selector) => {
    next.current = selector;
  };
}

/** Running and failed uploads, the latter with the reason. */
function UploadList({
  uploads,
  onRemove,
}: {
  uploads: readonly Upload[];
  /** Cancels an upload, or dismisses a failed one. */
  onRemove: (key: number) => void;
}) {
  if (uploads.length === 0) return null;
  return (
    <ul className={styles.uploads}>
      {uploads.map(({ key, name, progress, problem }) => (
        <li key={key} className={styles.upload}>
          <div className={styles.uploadText}>
            <Text size="sm" className="wrap-anywhere" lineClamp={1} dir="auto">
              {name}
            </Text>
            {problem == null ? (
              <progress
                className={styles.progress}
                aria-label={withoutIsolates(
                  t('photos.uploadingFile', { file: name }),
                )}
                // The bytes are sent, and the server still processes them.
                value={progress < 1 ? progress : undefined}
              />
            ) : (
              <Text size="sm" c="var(--mantine-color-error)" role="alert">
                {problem}
              </Text>
            )}
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            size={36}
            radius="xl"
            aria-label={withoutIsolates(
              t(problem == null ? 'photos.stop' : 'photos.removeFile', {
                file: name,
              }),
            )}
            onClick={() => onRemove(key)}
          >
            <IconX size={18} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
