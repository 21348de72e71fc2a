import { createECDH, createHmac } from 'node:crypto';

/** Keys with which this server identifies itself to push services (VAPID, RFC 8292), as base64url. */
export type VapidKeys = { publicKey: string; privateKey: string };

/** Length of a private key of the curve P-256. */
const PRIVATE_KEY_BYTES = 32;

/**
 * Makes the VAPID keys.
 * @param privateKey as configured; where null, it is derived from the signing secret, which all servers of
 * an installation share
 */
export function vapidKeys(
  privateKey: string | null,
  signingSecret: string,
): VapidKeys {
  const scalar = privateKey
    ? Buffer.from(privateKey, 'base64url')
    : createHmac('sha256', signingSecret)
        .update('neighborshare vapid')
        .digest();
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(scalar);
  return {
    publicKey: curve.getPublicKey('base64url'),
    privateKey: scalar.toString('base64url'),
  };
}

/** Tells whether a text is a private key of VAPID. */
export function isVapidKey(text: string): boolean {
  const scalar = Buffer.from(text, 'base64url');
  if (scalar.length !== PRIVATE_KEY_BYTES) return false;
  try {
    createECDH('prime256v1').setPrivateKey(scalar);
    return true;
  } catch {
    return false;
  }
}
