import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture with noise, as no camera takes a plain one. */
const noisy = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });

/** Photo of a phone held upright: red above, blue below, stored sideways, with a GPS position. */
export function lyingOnItsSide(): Promise<Buffer> {
  const half = { width: 1000, height: 1500, channels: 3 as const };
  return sharp({ create: { ...half, width: 2000, background: 'blue' } })
    .composite([
      { input: { create: { ...half, background: 'red' } }, left: 0, top: 0 },
    ])
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { ImageDescription: 'GPS here' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' },
    })
    .jpeg()
    .toBuffer();
}

/** Reads the colors at the top and the bottom of a picture. */
export async function colors(bytes: Buffer) {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (y: number) => {
    const pixel = (y * info.width + Math.floor(info.width / 2)) * 3;
    return (data[pixel] ?? 0) > (data[pixel + 2] ?? 0) ? 'red' : 'blue';
  };
  return { top: at(2), bottom: at(info.height - 3) };
}

const KINDS = {
  png: (image) => image.png(),
  webp: (image) => image.webp(),
  gif: (image) => image.gif(),
  avif: (image) => image.avif({ effort: 0 }),
  gray: (image) => image.grayscale().jpeg(),
  cmyk: (image) => image.toColourspace('cmyk').jpeg(),
  png16: (image) => image.toColourspace('rgb16').png(),
  tiff: (image) => image.tiff(),
} satisfies Record<string, (image: Sharp) => Sharp>;

/** A small picture, 60 pixels wide and 40 high. */
export const ofKind = (kind: keyof typeof KINDS): Promise<Buffer> =>
  KINDS[kind](noisy(60, 40)).toBuffer();

/** First bytes of a HEIC file. */
export const heic = (): Buffer =>
  Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'.padEnd(500, '\0'), 'latin1');

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/hostname"/></svg>';

/** A drawing, which could name other files. */
export const svg = (): Buffer => Buffer.from(DRAWING);

/** The same, with the first bytes of a JPEG before it. */
export const svgInDisguise = (): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(DRAWING)]);

/** First bytes of a PDF. */
export const pdf = (): Buffer => Buffer.from('%PDF-1.7\n%%EOF\n');

/** A JPEG of which only the first half has arrived. */
export async function halfOfIt(): Promise<Buffer> {
  const whole = await noisy(400, 300).jpeg().toBuffer();
  return whole.subarray(0, whole.length / 2);
}

/** A picture without its last bytes. */
export const without = async (
  bytes: number,
  kind: 'gray' | 'png' | 'gif',
): Promise<Buffer> => (await ofKind(kind)).subarray(0, -bytes);

/** A PNG of which only the first bytes have arrived. */
export const beginning = async (): Promise<Buffer> =>
  (await ofKind('png')).subarray(0, 20);

/** A PNG of a few bytes that says that it is 30,000 pixels wide and high. */
export async function bomb(): Promise<Buffer> {
  const bytes = await ofKind('png');
  // Length and name of the first chunk end at 16; then come width and height.
  bytes.writeUInt32BE(30_000, 16);
  bytes.writeUInt32BE(30_000, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** Eleven megabytes that begin as a JPEG does. */
export const eleven = (): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(11_000_000)]);
