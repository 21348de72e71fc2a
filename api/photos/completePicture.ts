import { crc32 } from 'node:zlib';
import type { PictureFormat } from './pictureFormat';

const JPEG_END = Buffer.from([0xff, 0xd9]);
/** An empty block and the trailer. */
const GIF_END = Buffer.from([0x00, 0x3b]);
const PNG_END = Buffer.from('\0\0\0\0IEND\xae\x42\x60\x82', 'latin1');
const PNG_SIGNATURE_BYTES = 8;

/**
 * Adds the last bytes of a file, after all pixels, where they are missing. Browsers show such a picture
 * completely, and some cameras and transfers produce them.
 * @returns null where nothing can be added. Pixels may still be missing: decoders warn of it
 */
export function completePicture(
  bytes: Buffer,
  format: PictureFormat,
): Buffer | null {
  if (format === 'jpeg') {
    const end = bytes.at(-1) === JPEG_END[0] ? bytes.length - 1 : bytes.length;
    return Buffer.concat([bytes.subarray(0, end), JPEG_END]);
  }
  if (format === 'gif') return Buffer.concat([bytes, GIF_END]);
  return format === 'png' ? completePng(bytes) : null;
}

/** Completes the checksum of the last chunk: length, name, data, checksum (PNG specification, 5.3). */
function completePng(bytes: Buffer): Buffer | null {
  let start = PNG_SIGNATURE_BYTES;
  while (start + 8 <= bytes.length) {
    const dataEnd = start + 8 + bytes.readUInt32BE(start);
    if (dataEnd > bytes.length) return null;
    if (dataEnd + 4 > bytes.length) {
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32BE(crc32(bytes.subarray(start + 4, dataEnd)));
      return Buffer.concat([bytes.subarray(0, dataEnd), checksum, PNG_END]);
    }
    start = dataEnd + 4;
  }
  return null;
}
