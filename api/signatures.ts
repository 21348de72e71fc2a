import {
  createHmac,
  createSecretKey,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';

/** Purpose of a signature; one made for another purpose is invalid. */
export type Purpose =
  | 'photo'
  | 'invite'
  | 'preview'
  | 'unsubscribe'
  | 'answer'
  | 'calendar'
  | 'doctor';

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
 * Signs with HMAC-SHA256, under a key derived from the secret for each purpose. The keys are derived once,
 * as a page of items has dozens of signatures.
 * @param secrets the first signs; signatures of the others are still valid
 */
export function createSignatures(
  secrets: readonly [string, ...string[]],
): Signatures {
  const keys = {
    photo: deriveKeys(secrets, 'photo'),
    invite: deriveKeys(secrets, 'invite'),
    preview: deriveKeys(secrets, 'preview'),
    unsubscribe: deriveKeys(secrets, 'unsubscribe'),
    answer: deriveKeys(secrets, 'answer'),
    calendar: deriveKeys(secrets, 'calendar'),
    doctor: deriveKeys(secrets, 'doctor'),
  } satisfies Record<Purpose, Keys>;
  return {
    sign: (purpose, text) => mac(keys[purpose][0], text).toString('base64url'),
    verify(purpose, text, signature) {
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== SIGNATURE_BYTES) return false;
      return keys[purpose].some((key) =>
        timingSafeEqual(mac(key, text), given),
      );
    },
  };
}

type Keys = readonly [KeyObject, ...KeyObject[]];

function deriveKeys(
  [signing, ...older]: readonly [string, ...string[]],
  purpose: Purpose,
): Keys {
  const derive = (secret: string) =>
    createSecretKey(hmac(secret, `neighborshare ${purpose}`));
  return [derive(signing), ...older.map(derive)];
}

const hmac = (key: string | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

const mac = (key: KeyObject, text: string): Buffer =>
  hmac(key, text).subarray(0, SIGNATURE_BYTES);
