import { createHash } from 'node:crypto';

/** Creates a weak entity tag of a text: its encodings, such as gzip, share it. */
export const etagOf = (text: string | Buffer): string =>
  `W/"${createHash('sha256').update(text).digest('base64url')}"`;

/**
 * Tells whether a client has this version (RFC 9110 section 13.1.2).
 * @param known its header `If-None-Match`
 */
export const isKnown = (etag: string, known = ''): boolean =>
  known
    .split(',')
    .map((each) => each.trim())
    .some((each) => each === '*' || each === etag || `W/${each}` === etag);
