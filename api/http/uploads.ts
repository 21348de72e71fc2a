import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { BadUserInput, ServiceUnavailable } from '../errors';
import { text, untranslated } from '../language/text';
import { createFairQueue, type FairQueue } from '../limits/fairQueue';

const MEGABYTE = 1024 * 1024;
/** Largest upload. */
export const MAX_UPLOAD_BYTES = 10 * MEGABYTE;

const TOO_LARGE = text('photos.fileTooLarge', {
  megabytes: MAX_UPLOAD_BYTES / MEGABYTE,
});
const UPLOAD_HINT = untranslated(
  'Send one picture, as the only file of a form (multipart/form-data)',
);

/** Slowest upload, on average. */
const MIN_SPEED = { bytesPerSecond: 10_000, intervalMs: 10_000 };

/**
 * Creates the queue of uploads. Those that wait are not read, so they cost no more than a connection.
 * The uploads that one person may run at once fit into the queue of pictureConverter.ts.
 */
export const createUploadQueue = (): FairQueue =>
  createFairQueue({
    running: { total: 30, person: 2, network: 15 },
    waiting: { total: 100, person: 10, network: 50 },
    refusal: text('photos.queueFull'),
  });

/**
 * Receives the one file of a form in a temporary file, so that no number of uploads fills the memory.
 * @param use gets its path; the file is deleted afterwards
 * @throws BadUserInput, as 400, 408, 413 or 415; ServiceUnavailable where it cannot be stored
 */
export async function withUpload<T>(
  request: FastifyRequest,
  use: (file: string) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) throw new BadUserInput(UPLOAD_HINT, 415);
  const folder = await mkdtemp(path.join(tmpdir(), 'neighborshare-')).catch(
    refuseUnstored,
  );
  try {
    const file = path.join(folder, 'upload');
    await inTime(request, receive(request, file));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function receive(request: FastifyRequest, path: string): Promise<void> {
  let file: MultipartFile['file'] | undefined;
  const stored = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const hasArrived = await writeParts(request, (part) => {
    file = part;
    file.once('limit', () => file?.destroy());
    return pipeline(file, stored);
  }).catch((error: unknown) => {
    discardRest(request);
    if (file?.truncated) throw new BadUserInput(TOO_LARGE, 413);
    if (stored.errored && stored.errored === error && !file?.errored)
      refuseUnstored();
    throw new BadUserInput(UPLOAD_HINT);
  });
  if (!hasArrived) throw new BadUserInput(UPLOAD_HINT);
}

/** Reads a form, and passes its files on. @returns whether there was one */
async function writeParts(
  request: FastifyRequest,
  write: (file: MultipartFile['file']) => Promise<void>,
): Promise<boolean> {
  let hasArrived = false;
  for await (const part of request.parts()) {
    if (part.type === 'field') continue;
    await write(part.file);
    hasArrived = true;
  }
  return hasArrived;
}

/** Discards what has not arrived, without waiting: clients read no answer before they have sent all. */
function discardRest({ raw }: FastifyRequest): void {
  raw.unpipe().resume();
}

function refuseUnstored(): never {
  throw new ServiceUnavailable(text('photos.notStored'));
}

/** Waits for an upload, as long as it arrives fast enough. @throws BadUserInput, as 408 */
async function inTime(
  request: FastifyRequest,
  upload: Promise<void>,
): Promise<void> {
  const end = new AbortController();
  const tooSlow = new Promise<never>((_, reject) => {
    watchSpeed(request.raw.socket, MIN_SPEED, end.signal, () => {
      discardRest(request);
      reject(new BadUserInput(text('photos.tooSlow'), 408));
    });
  });
  try {
    await Promise.race([upload, tooSlow]);
  } finally {
    end.abort();
    // Where it was too slow, it fails later, when the connection is closed.
    upload.catch(() => undefined);
  }
}

/**
 * Watches how fast a connection receives.
 * @param minimum average speed, and how often it is checked
 * @param onSlow called when it has received less
 */
export function watchSpeed(
  connection: { readonly bytesRead: number },
  minimum: { bytesPerSecond: number; intervalMs: number },
  end: AbortSignal,
  onSlow: () => void,
): void {
  const before = connection.bytesRead;
  const began = performance.now();
  const timer = setInterval(() => {
    const seconds = (performance.now() - began) / 1000;
    if (connection.bytesRead - before < minimum.bytesPerSecond * seconds)
      onSlow();
  }, minimum.intervalMs);
  end.addEventListener('abort', () => {
    clearInterval(timer);
  });
}
