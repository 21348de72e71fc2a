import path from 'node:path';
import { BadUserInput } from '../errors';
import { createFairQueue, type Requester } from '../limits/fairQueue';
import { WorkerDied, WorkerProcess } from '../workerProcess';
import type { Picture } from './pictures';

/** Result of a conversion, as the worker sends it. */
export type PictureResult =
  { picture: Picture } | { refusal: { message: string; status: number } };

/** Converts uploads in a child process. */
export interface PictureConverter {
  /**
   * Converts an upload into a picture; people take turns.
   * @param file path of the upload, unchecked
   * @throws BadUserInput, as 415 or 422, with a message for the uploader; ServiceUnavailable where too
   * many wait
   */
  convert(file: string, requester: Requester): Promise<Picture>;
  /** Process id of the child, while one runs; for tests. */
  readonly pid: number | undefined;
  /** Number of waiting pictures. */
  readonly waiting: number;
  close(): void;
}

/** Time limit of one picture: decoders cannot be cancelled, so the process is killed. */
const TIMEOUT_MS = 30_000;
/**
 * Memory of the process. It takes 115 MB before it decodes, and a picture within the budget of pictures.ts
 * adds 220 MB at most.
 */
const MAX_MEMORY_BYTES = 384 * 1024 * 1024;
/** Waiting pictures. */
const MAX_WAITING = { total: 30, person: 2, network: 15 };

/**
 * Creates the converter. A small file can take gigabytes and seconds to decode, in native code that
 * shares the thread pool with the database. Therefore a child process decodes, one picture at a time, with
 * little memory (docs/decisions/0008-photos-in-the-database.md).
 */
export function createPictureConverter(): PictureConverter {
  const queue = createFairQueue({
    running: { total: 1 },
    waiting: MAX_WAITING,
    refusal: 'Too many pictures are being uploaded: try again in a moment',
  });
  const worker = new WorkerProcess<string, PictureResult>({
    file: path.join(__dirname, `pictureWorker${path.extname(__filename)}`),
    maxMemoryBytes: MAX_MEMORY_BYTES,
    // Never decodes to a file instead of memory.
    env: { VIPS_DISC_THRESHOLD: String(2 * MAX_MEMORY_BYTES) },
  });

  return {
    async convert(file, requester) {
      const result = await queue.run(requester, () =>
        worker.run(file, TIMEOUT_MS).catch(refuseIfDied),
      );
      if ('picture' in result) return result.picture;
      const { message, status } = result.refusal;
      throw new BadUserInput(message, status);
    },
    get pid() {
      return worker.pid;
    },
    get waiting() {
      return queue.waiting;
    },
    close() {
      queue.close();
      worker.close();
    },
  };
}

function refuseIfDied(error: unknown): never {
  if (!(error instanceof WorkerDied)) throw error;
  throw new BadUserInput(
    'The picture could not be read: save it as a plain JPEG, or try another one',
    422,
  );
}
