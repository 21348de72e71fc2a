import { ActionIcon, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import './upload.css';
import type { Upload } from './useUploads';

/** Pictures on their way, and those that did not arrive, each with the reason. */
export function UploadList({
  uploads,
  onRemove,
}: {
  uploads: readonly Upload[];
  /** Stops one, or takes the note about it away. */
  onRemove: (key: number) => void;
}) {
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads">
      {uploads.map(({ key, name, progress, problem }) => (
        <li key={key} className="upload">
          <div className="upload-text">
            <Text size="sm" className="wrap-anywhere" lineClamp={1}>
              {name}
            </Text>
            {problem == null ? (
              <progress
                className="upload-progress"
                aria-label={`Uploading ${name}`}
                // What has been sent is still being looked at.
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
            aria-label={problem == null ? `Stop ${name}` : `Forget ${name}`}
            onClick={() => onRemove(key)}
          >
            <IconX size={18} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
