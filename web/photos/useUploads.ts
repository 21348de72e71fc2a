import { useEffect, useRef, useState } from 'react';
import { runAction } from '../ui/useAction';
import type { UploadedPhoto } from './uploadPhoto';
import { useUploadPhoto } from './uploadPhoto';

/** File types that the API accepts. Phones convert other pictures into one of these. */
export const ACCEPTED_TYPES =
  'image/jpeg,image/png,image/webp,image/gif,image/avif';

/** A picture on its way. */
export type Upload = {
  key: number;
  /** Name of its file. */
  name: string;
  /** How much of it is there, from 0 to 1. */
  progress: number;
  /** Why it did not arrive; null as long as it may. */
  problem: string | null;
};

/**
 * Uploads pictures one after the other, in the order in which they were chosen.
 * @param onUploaded called with each that has arrived
 */
export function useUploads(onUploaded: (photo: UploadedPhoto) => void) {
  const uploadPhoto = useUploadPhoto();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const nextKey = useRef(0);
  const queue = useRef(Promise.resolve());
  const running = useRef(new Map<number, AbortController>());

  useEffect(() => {
    // An upload whose form is gone is canceled.
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
    /** Takes files, and uploads them by and by. */
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
    /** Stops an upload, or forgets that it did not arrive. */
    remove: (key: number) => {
      running.current.get(key)?.abort();
      forget(key);
    },
  };
}
