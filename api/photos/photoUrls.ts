import type { Signatures } from '../signatures';
import type { PhotoSize } from './photo.entity';

/** In milliseconds. */
const DAY_MS = 24 * 60 * 60 * 1000;

const SIZES: Record<string, PhotoSize | undefined> = {
  small: 'SMALL',
  large: 'LARGE',
};

/** Picture and size that a photo URL contains. */
export type PhotoAddress = { id: string; size: PhotoSize };

/**
 * Creates the URL of a picture. It is valid until the end of the next day (UTC), so it is the same all
 * day, and browsers can cache the picture.
 */
export function toPhotoUrl(
  signatures: Signatures,
  { id, size }: PhotoAddress,
  now: Date,
): string {
  const end = (Math.floor(now.getTime() / DAY_MS) + 2) * DAY_MS;
  const path = `${id}/${size.toLowerCase()}`;
  const expires = String(end / 1000);
  const signature = signatures.sign('photo', `${path} ${expires}`);
  return `/photos/${path}?expires=${expires}&signature=${signature}`;
}

/** The unchecked parts of a requested URL. */
export type PhotoRequest = {
  params: { id: string; size: string };
  query: { expires?: unknown; signature?: unknown };
};

/** Returns the picture of a photo URL; null where the URL is forged or has expired. */
export function fromPhotoUrl(
  signatures: Signatures,
  { params: { id, size }, query: { expires, signature } }: PhotoRequest,
  now: Date,
): PhotoAddress | null {
  const known = SIZES[size];
  if (!known || typeof expires !== 'string' || typeof signature !== 'string')
    return null;
  const isOurs = signatures.verify(
    'photo',
    `${id}/${size} ${expires}`,
    signature,
  );
  return isOurs && now.getTime() < Number(expires) * 1000
    ? { id, size: known }
    : null;
}
