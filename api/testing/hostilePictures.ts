import { crc32, inflateSync } from 'node:zlib';
import sharp from 'sharp';

/** Small files that take much memory to decode, by what they are. */
export async function hostilePictures(): Promise<Record<string, Buffer>> {
  const small = sharp({
    create: { width: 60, height: 40, channels: 3, background: '#888' },
  });
  const png = await small.clone().png({ progressive: true }).toBuffer();
  const jpeg = await small.clone().jpeg({ progressive: true }).toBuffer();
  const webp = await small.clone().webp({ lossless: true }).toBuffer();
  return {
    'AVIF with 50 megapixels': avifBomb(),
    'interlaced PNG with 50 megapixels': resizedPng(png, 8192, 6144),
    'interlaced PNG with 24 megapixels': resizedPng(png, 6000, 4000),
    'progressive JPEG with 50 megapixels': resizedJpeg(jpeg, 8192, 6144),
    'progressive JPEG with 24 megapixels': resizedJpeg(jpeg, 6000, 4000),
    'WebP with 268 megapixels': largestWebp(webp),
  };
}

/** Changes the size that a PNG claims. Length and name of the first chunk end at 16. */
function resizedPng(png: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** Changes the size that a progressive JPEG claims, in its frame header (SOF2). */
function resizedJpeg(jpeg: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(jpeg);
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc2]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

/** Lets a lossless WebP claim the largest size, of 14 bits each, less one. */
function largestWebp(webp: Buffer): Buffer {
  const bytes = Buffer.from(webp);
  bytes.writeUInt32LE(0x0fffffff, bytes.indexOf('VP8L') + 9);
  return bytes;
}

/** An AVIF of 1.5 kB with 50 megapixels of 12 bits and transparency, whose decoder takes 1.3 GB. */
const avifBomb = (): Buffer => inflateSync(Buffer.from(AVIF_BOMB, 'base64'));

/** Compressed, as it consists of zeros mostly. */
const AVIF_BOMB = [
  'eNpjYGCQSSupLEgsy0xjAILczDRDEDs3MxHIZyzITS1JZIAAxYyUnCIom6EgM7mEAQ2YZObkJ4MYLg4MTAyMIBbjFA',
  'jNwMD0DSgGBCxdMBHGqUDCIjMzLw2iAIhFgZxUsDKgmsQyA0MGFEEmhCBfQWZJLgNUJcP6zIKiAiDdlVmQnA+keRLL',
  'DJ0b45NA8iKZxQWpEBsVgFgCxBAoyKzIBDGYeXh4EOproCZD5BhBMhaJpRXOIF5pUZ5VbkFqOphwskrOTC6wKq4sLk',
  'nNLbYCqsnMyUwsqrRKzCnIAIeXbGZBLizggGHB3MjEzMDE0sLE2gYUkMosSk2DSvIBNeeAgwvoEZbJuSmJJUIMXNzx',
  'n+3/13/bwmIipWD0hFWC0ymZ5chlX2NHoBciz5/hSdgnF5Krlcb+wpvP0iQ/NOzrE7l9194G6tzOVxF4smRFZfD/KX',
  'I7l6xzzztgOe9CWbWKauHL3kNCMSLcczfWWGx//smby4crzk/RzbPY5qDrqcsG9wp/TAp51jBq9KjR+I2mncnAVM8B',
  'TvX/rBqM2pglOBgsHjIw6H09rhgouPngj6eXd/1UPG+j3JXVJhXRH8ZxeWvABaHO5HfnctbI7zXpan/k/f1DJb/nqH',
  'r86klUDgAMo3V8',
].join('');
