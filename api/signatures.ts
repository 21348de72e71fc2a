import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature is for; one made for something else does not fit. */
export type Purpose = 'photo' | 'invite' | 'unsubscribe';

/** Signs texts that go out into the world and come back, as addresses do. */
export type Signatures = {
  /** The signature of a text: 22 characters that can stand in a URL. */
  sign(purpose: Purpose, text: string): string;
  /** Was this signature made by us, for this purpose and text? Compares in constant time. */
  verify(purpose: Purpose, text: string, signature: string): boolean;
};

/** Enough that nobody guesses one (NIST SP 800-107 section 5.3.4 wants at least 32 bits for a MAC). */
const SIGNATURE_BYTES = 16;

/**
 * Signs with HMAC-SHA256, under a key that is derived from the secret for each purpose.
 * @param secrets the first signs; signatures of the others are still good
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
