import { Button, FileButton, Group, Input, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { UploadedPhoto } from './UploadContext';
import { PhotoTile } from './PhotoTile';
import { UploadList } from './UploadList';
import './upload.css';
import { PICTURES, useUploads } from './useUploads';

/** The field of a form that holds pictures. */
export type PhotoUploadProps = {
  label: string;
  description?: string;
  /** Those that have arrived, in order. */
  photos: readonly UploadedPhoto[];
  /** Called with how to come from the pictures as they then are to the new ones. */
  onChange: (
    change: (photos: readonly UploadedPhoto[]) => UploadedPhoto[],
  ) => void;
  /** Called when uploads begin and end: what is on its way is not in the form yet. */
  onUploading: (isUploading: boolean) => void;
  /** How many there may be. */
  max?: number;
  error?: ReactNode;
};

/** Pictures from the camera or from files: uploaded at once, shown, put in order, taken away. */
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
  const [said, setSaid] = useState('');
  const { uploads, isUploading, add, remove } = useUploads((photo) => {
    onChange((before) => [...before, photo]);
    setSaid('The photo is there.');
  });
  const field = useRef<HTMLDivElement>(null);
  const focusOn = useFocusInside(field, photos);

  useEffect(() => onUploading(isUploading), [isUploading, onUploading]);

  const room = max - photos.length - uploads.filter((u) => !u.problem).length;
  const choose = (files: File[]) => {
    add(files.slice(0, room));
    setSaid(
      files.length > room
        ? `There is room for ${max} photos: the first ones were taken.`
        : 'Uploading…',
    );
    // The same file can be chosen again.
    reset.current?.();
  };
  const move = (from: number, by: number) => {
    const to = from + by;
    if (to < 0 || to >= photos.length) return;
    onChange((before) => moved(before, from, to));
    setSaid(`The photo is number ${to + 1} now.`);
    focusOn(`[data-photo="${photos[from]?.id}"] [data-by="${by}"]`);
  };
  const takeAway = (index: number) => {
    onChange((before) => before.filter((_, at) => at !== index));
    setSaid('The photo is taken away.');
    focusOn('[data-add]');
  };

  return (
    <div ref={field} role="group" aria-labelledby={id} className="photo-upload">
      <Input.Label component="div" id={id} size="md">
        {label}
      </Input.Label>
      {description != null && (
        <Input.Description size="md">{description}</Input.Description>
      )}
      {photos.length > 0 && (
        <ul className="photo-tiles">
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
          accept={PICTURES}
          resetRef={reset}
          onChange={choose}
        >
          {(props) => (
            <Button
              {...props}
              data-add
              variant="light"
              // Disabled, it would lose the focus.
              aria-disabled={room <= 0}
              onClick={room > 0 ? props.onClick : undefined}
              leftSection={<IconCamera size={18} />}
            >
              {max > 1 ? 'Add photos' : 'Add a photo'}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {photos.length} of {max}
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
        {said}
      </Text>
    </div>
  );
}

function moved(
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

/** Gives the focus to something inside an element as soon as what it shows has changed. */
function useFocusInside(
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
