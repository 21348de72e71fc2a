import { BadUserInput } from '../errors';
import { text } from '../language/text';

/** Accepted formats, by their names in sharp. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'heif';

type Signature = { offset: number; text: string };

const at = (offset: number, text: string): Signature => ({ offset, text });

/** First bytes of the files of each format. */
const SIGNATURES: [PictureFormat, Signature[]][] = [
  ['jpeg', [at(0, '\xff\xd8\xff')]],
  ['png', [at(0, '\x89PNG\r\n\x1a\n')]],
  ['webp', [at(0, 'RIFF'), at(8, 'WEBP')]],
  ['gif', [at(0, 'GIF8')]],
  ['heif', [at(4, 'ftypavif')]],
];

/** HEIC, which phones write instead of JPEG: a video format whose decoders need a license. */
const HEIC = /^ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/;

/**
 * Detects the format of a picture by its first bytes, as file names prove nothing. Only what passes is
 * decoded, so a drawing or a document, which could name other files, never is.
 * @throws BadUserInput, as 415, where it is none that we take
 */
export function detectPictureFormat(bytes: Buffer): PictureFormat {
  const start = bytes.toString('latin1', 0, 16);
  const known = SIGNATURES.find(([, parts]) =>
    parts.every(({ offset, text }) => start.startsWith(text, offset)),
  );
  if (known) return known[0];
  throw new BadUserInput(
    HEIC.test(start.slice(4))
      ? text('photos.heic')
      : text('photos.unknownFormat'),
    415,
  );
}
