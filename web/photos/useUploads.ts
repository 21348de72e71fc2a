import { useEffect, useRef, useState } from 'react';
import { runAction } from '../ui/useAction';
import type { UploadedPhoto } from './uploadPhoto';
import { useUploadPhoto } from './uploadPhoto';

/** File types that the API accepts. Phones convert other pictures into one of these. */
export const ACCEPTED_TYPES =
  'image/jpeg,image/png,image/webp,image/gif,image/avif';

/** A running or failed upload. */
export type Upload = {
  key: number;
  /** Name of its file. */
  name: string;
  /** Uploaded part, from 0 to 1. */
  progress: number;
  /** Why it failed; null while it is running. */
  problem: string | null;
};

/**
 * Uploads pictures one after the other, in the order in which they were chosen.
 * @param onUploaded called with each uploaded picture
 */
export function useUploads(onUploaded: (photo: UploadedPhoto) => void) {
  const uploadPhoto = useUploadPhoto();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const nextKey = useRef(0);
  const queue = useRef(Promise.resolve());
  const running = useRef(new Map<number, AbortController>());

  useEffect(() => {
    // Uploads are cancelled when their form is unmounted.
    const all = running.current;
    return () => all.forEach((controller) => controller.abort());
  }, []);

  const change = (key: number, changes: Partial<Upload>) =>
    setUploads((before) =>
      before.map((upload) =>
        upload.key === key ? { ...upload, ...changes } : upload,
      ),
    );
  const forget = (key: number) => {
    running.current.delete(key);
    setUploads((before) => before.filter((upload) => upload.key !== key));
  };

  const send = async (key: number, file: File, { signal }: AbortController) => {
    if (signal.aborted) return;
    const upload = async () => {
      const photo = await uploadPhoto(file, {
        signal,
        onProgress: (progress) => change(key, { progress }),
      });
      if (signal.aborted) return;
      forget(key);
      onUploaded(photo);
    };
    await runAction(upload, (problem) => {
      if (!signal.aborted) change(key, { problem });
    });
  };

  return {
    uploads,
    isUploading: uploads.some(({ problem }) => problem == null),
    /** Queues files for upload. */
    add: (files: readonly File[]) => {
      for (const file of files) {
        const key = nextKey.current++;
        const controller = new AbortController();
        running.current.set(key, controller);
        const upload = { key, name: file.name, progress: 0, problem: null };
        setUploads((before) => [...before, upload]);
        queue.current = queue.current.then(() => send(key, file, controller));
      }
    },
    /** Cancels an upload, or dismisses a failed one. */
    remove: (key: number) => {
      running.current.get(key)?.abort();
      forget(key);
    },
  };
}
