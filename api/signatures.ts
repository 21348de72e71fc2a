import { createHmac, timingSafeEqual } from 'node:crypto';

/** Purpose of a signature; one made for another purpose is invalid. */
export type Purpose = 'photo' | 'invite' | 'unsubscribe';

/** Signs texts that clients send back later, such as URLs. */
export type Signatures = {
  /** Returns the signature of a text: 22 characters that are safe in a URL. */
  sign(purpose: Purpose, text: string): string;
  /** Verifies a signature for this purpose and text, in constant time. */
  verify(purpose: Purpose, text: string, signature: string): boolean;
};

/** Length of a signature: too long to guess (NIST SP 800-107 section 5.3.4 requires 32 bits of a MAC). */
const SIGNATURE_BYTES = 16;

/**
 * Signs with HMAC-SHA256, under a key derived from the secret for each purpose.
 * @param secrets the first signs; signatures of the others are still valid
 */
export function createSignatures(
  secrets: readonly [string, ...string[]],
): Signatures {
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const mac = (secret: string, purpose: Purpose, text: string) =>
    hmac(hmac(secret, `neighborshare ${purpose}`), text).subarray(
      0,
      SIGNATURE_BYTES,
    );

  return {
    sign: (purpose, text) =>
      mac(secrets[0], purpose, text).toString('base64url'),
    verify(purpose, text, signature) {
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== SIGNATURE_BYTES) return false;
      return secrets.some((secret) =>
        timingSafeEqual(mac(secret, purpose, text), given),
      );
    },
  };
}
