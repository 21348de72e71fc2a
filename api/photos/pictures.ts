import sharp, { type Metadata, type OutputInfo, type Sharp } from 'sharp';
import { BadUserInput } from '../errors';
import { text } from '../language/text';
import type { PhotoSize } from './photo.entity';
import { completePicture } from './completePicture';
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

/**
 * Most bytes of a decoded picture, by how it is decoded. With each of them, decoding was measured to stay
 * within the memory limit of pictureConverter.ts.
 */
const MAX_DECODED_BYTES = {
  /** Row by row: 50 megapixels with 8 bits for each color. */
  rows: 8192 * 6144 * 3,
  /** Completely: 24 megapixels, or 18 with transparency. */
  whole: 6000 * 4000 * 3,
  /** Completely, with five copies: 12 megapixels. */
  avif: 4032 * 3024 * 3,
};

// One picture at a time, on one thread.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Converts an upload into a picture. Run it in a `pictureWorker`: a small file can take much memory and
 * time.
 * @param bytes the upload, unchecked
 * @throws BadUserInput, as 415 or 422, with a message for the uploader
 */
export async function toPicture(bytes: Buffer): Promise<Picture> {
  const format = detectPictureFormat(bytes);
  const attempts: [Buffer | null, FailOn][] = [
    [bytes, 'error'],
    // With an end added, even missing pixels are no more than a warning.
    [completePicture(bytes, format), 'warning'],
  ];
  for (const [attempt, failOn] of attempts)
    try {
      if (attempt) return await convert(attempt, format, failOn);
    } catch (error) {
      if (error instanceof BadUserInput) throw error;
    }
  throw new BadUserInput(text('photos.damaged'), 422);
}

type FailOn = 'error' | 'warning';

async function convert(
  bytes: Buffer,
  format: PictureFormat,
  failOn: FailOn,
): Promise<Picture> {
  const source = sharp(bytes, { failOn, limitInputPixels: false });
  const metadata = await source.metadata();
  if (metadata.format !== format) throw new Error(`is ${metadata.format}`);
  assertDecodable(metadata);
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
}

/** @throws BadUserInput where, by its header, the picture takes too many bytes to decode */
function assertDecodable(metadata: Metadata): void {
  const { width, height, channels, depth } = metadata;
  const bytesPerPixel = channels * (depth === 'uchar' ? 1 : 2);
  const most = MAX_DECODED_BYTES[decoding(metadata)];
  if (width * height * bytesPerPixel <= most) return;
  const megapixels = Math.floor(most / bytesPerPixel / 1_000_000);
  throw new BadUserInput(
    text('photos.tooManyPixels', { count: megapixels }),
    422,
  );
}

function decoding({
  format,
  isProgressive,
}: Metadata): keyof typeof MAX_DECODED_BYTES {
  if (format === 'heif') return 'avif';
  return isProgressive || format === 'gif' ? 'whole' : 'rows';
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

const toWebp = (image: Sharp) => image.webp({ quality: 80 }).toBuffer();
