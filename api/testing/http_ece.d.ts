/** The part of http_ece, which has no types, that tests use. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  /** Decrypts the body of a push (RFC 8188). */
  export function decrypt(
    body: Buffer,
    options: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string },
  ): Buffer;
}
