import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { BadUserInput, ServiceUnavailable } from '../errors';
import type { PhotoSize } from './photo.entity';
import { detectPictureFormat, type PictureFormat } from './pictureFormat';

/** A picture as stored: upright, without metadata, as WebP. */
export type Picture = {
  /** Of the large size, in pixels. */
  width: number;
  /** Of the large size, in pixels. */
  height: number;
  files: Record<PhotoSize, Buffer>;
};

/** Maximum width and height of each size, in pixels. */
const MAX_EDGE_PIXELS: Record<PhotoSize, number> = { SMALL: 480, LARGE: 1600 };
/** Pixels of a 50-megapixel camera. Larger pictures would only fill the memory. */
const MAX_PIXELS = 8192 * 6144;
/** Time limit of one processing step, in seconds. */
const STEP_TIMEOUT_SECONDS = 20;
/** Maximum number of waiting pictures. */
const MAX_QUEUED = 20;

// One thread for a picture, and one picture at a time: sqlite3 reads on the same threads of libuv.
sharp.concurrency(1);
sharp.cache(false);

let waiting = 0;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Converts an upload into a picture, in the order of the calls.
 * @param bytes the upload, unchecked
 * @throws BadUserInput, as 415 or 422, with a message for the uploader; ServiceUnavailable where too
 * many wait
 */
export async function toPicture(bytes: Buffer): Promise<Picture> {
  const format = detectPictureFormat(bytes);
  if (waiting >= MAX_QUEUED)
    throw new ServiceUnavailable(
      'Too many pictures are being uploaded: try again in a moment',
    );
  waiting++;
  const picture = turn.then(() => convert(bytes, format));
  turn = picture.catch(() => undefined);
  try {
    return await picture;
  } finally {
    waiting--;
  }
}

async function convert(bytes: Buffer, format: PictureFormat): Promise<Picture> {
  try {
    const source = sharp(bytes, {
      failOn: 'error',
      limitInputPixels: MAX_PIXELS,
    }).timeout({ seconds: STEP_TIMEOUT_SECONDS });
    const metadata = await source.metadata();
    if (metadata.format !== format) throw new Error(`is ${metadata.format}`);
    // Decoded once, in the larger size and upright. From here on there are only pixels.
    const { data, info } = await fit(source.autoOrient(), 'LARGE')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      files: {
        LARGE: await toWebp(fromPixels(data, info)),
        SMALL: await toWebp(fit(fromPixels(data, info), 'SMALL')),
      },
    };
  } catch (error) {
    throw toBadUserInput(error as Error);
  }
}

const fit = (image: Sharp, size: PhotoSize) =>
  image.resize({
    width: MAX_EDGE_PIXELS[size],
    height: MAX_EDGE_PIXELS[size],
    fit: 'inside',
    withoutEnlargement: true,
  });

const fromPixels = (data: Buffer, { width, height, channels }: OutputInfo) =>
  sharp(data, { raw: { width, height, channels } });

const toWebp = (image: Sharp) =>
  image
    .timeout({ seconds: STEP_TIMEOUT_SECONDS })
    .webp({ quality: 80 })
    .toBuffer();

/** Explains a failed conversion to the uploader. */
function toBadUserInput({ message }: Error): BadUserInput {
  if (message.includes('pixel limit'))
    return new BadUserInput(
      'The picture is too large: it may have 50 megapixels at most',
      422,
    );
  if (message.includes('timeout'))
    return new BadUserInput(
      'The picture takes too long to read: save it as a plain JPEG',
      422,
    );
  return new BadUserInput(
    'The picture is damaged or not complete: try another one',
    422,
  );
}
