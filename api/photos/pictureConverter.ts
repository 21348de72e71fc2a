import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { BadUserInput, ServiceUnavailable } from '../errors';
import { text, untranslated, type Text } from '../language/text';
import { createFairQueue, type Requester } from '../limits/fairQueue';
import { WorkerDied, WorkerProcess } from '../workerProcess';
import type { Picture } from './pictures';
import type { PreviewCard } from './previewCard';

/** Work for the worker: an upload by the path of its file, or a card. */
export type PictureJob = { file: string } | { card: PreviewCard };

/** Result of the work, as the worker sends it. */
export type PictureResult =
  | { picture: Picture }
  | { card: Buffer }
  | { refusal: { text: Text; status: number } };

/** Converts uploads and draws cards in a child process. */
export interface PictureConverter {
  /**
   * Converts an upload into a picture; people take turns.
   * @param file path of the upload, unchecked
   * @throws BadUserInput, as 415 or 422, with a message for the uploader; ServiceUnavailable where too
   * many wait
   */
  convert(file: string, requester: Requester): Promise<Picture>;
  /**
   * Draws the picture that chat services show beside a link, as PNG.
   * @param name of a neighborhood; null for the app alone, also where our fonts lack its letters
   * @param network of the client: networks take turns
   * @throws ServiceUnavailable where too many wait, or the process died
   */
  draw(name: string | null, network: string): Promise<Buffer>;
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

/** Waiting cards, of which one at a time waits among the pictures: strangers may ask for them. */
const MAX_WAITING_CARDS = { total: 20, network: 5 };
const CARDS: Requester = { person: 'cards', network: 'cards' };

/** Settings of fontconfig: the fonts that the build has copied, and no others. */
const FONTS = path.join(PROJECT_ROOT, 'dist', 'fonts', 'fonts.conf');

/**
 * Creates the converter. A small file can take gigabytes and seconds to decode, in native code that
 * shares the thread pool with the database. Therefore a child process decodes, one picture at a time, with
 * little memory (docs/decisions/0008-photos-in-the-database.md).
 */
export function createPictureConverter(): PictureConverter {
  const queue = createFairQueue({
    running: { total: 1 },
    waiting: MAX_WAITING,
    refusal: text('photos.queueFull'),
  });
  const cards = createFairQueue({
    running: { total: 1 },
    waiting: MAX_WAITING_CARDS,
    refusal: untranslated(
      'Too many previews are being drawn: try again in a moment',
    ),
  });
  const worker = new WorkerProcess<PictureJob, PictureResult>({
    file: path.join(__dirname, `pictureWorker${path.extname(__filename)}`),
    maxMemoryBytes: MAX_MEMORY_BYTES,
    // Never decodes to a file instead of memory.
    env: {
      VIPS_DISC_THRESHOLD: String(2 * MAX_MEMORY_BYTES),
      FONTCONFIG_FILE: FONTS,
    },
  });

  return {
    async convert(file, requester) {
      const result = await queue.run(requester, () =>
        worker.run({ file }, TIMEOUT_MS).catch(refuseIfDied),
      );
      if ('picture' in result) return result.picture;
      if ('card' in result) throw new Error('The worker drew a card');
      const { text, status } = result.refusal;
      throw new BadUserInput(text, status);
    },
    async draw(name, network) {
      const card: PreviewCard = { name, hasFonts: existsSync(FONTS) };
      const result = await cards.run({ person: network, network }, () =>
        queue.run(CARDS, () =>
          worker.run({ card }, TIMEOUT_MS).catch((error: unknown) => {
            throw error instanceof WorkerDied
              ? new ServiceUnavailable()
              : error;
          }),
        ),
      );
      if (!('card' in result)) throw new Error('The worker drew no card');
      return result.card;
    },
    get pid() {
      return worker.pid;
    },
    get waiting() {
      return queue.waiting;
    },
    close() {
      cards.close();
      queue.close();
      worker.close();
    },
  };
}

function refuseIfDied(error: unknown): never {
  if (!(error instanceof WorkerDied)) throw error;
  throw new BadUserInput(text('photos.unreadable'), 422);
}
