import { ECDH } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Length of the secret `auth` (RFC 8291 section 3.2). */
const AUTH_BYTES = 16;

/**
 * Tells whether the address of a subscription belongs to a listed push service. It comes from a client,
 * which could otherwise make the server call any address.
 * @param hosts host names, as `push.example.org`, `*.example.org` or `localhost:8443`
 */
export function isPushEndpoint(
  endpoint: string,
  hosts: readonly string[],
): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  const isPlain = url.href === endpoint && !url.username && !url.password;
  return (
    isPlain &&
    url.protocol === 'https:' &&
    !url.hash &&
    !isIP(url.hostname.replace(/^\[|\]$/g, '')) &&
    hosts.some((host) => matches(url.host, host))
  );
}

const matches = (host: string, listed: string): boolean =>
  listed.startsWith('*.')
    ? host.endsWith(listed.slice(1)) && host.length >= listed.length
    : host === listed;

/** Tells whether an IP address is on the public internet. */
export function isPublicAddress(address: string): boolean {
  // An IPv4 address within IPv6 counts as IPv4.
  return isIP(address) !== 0 && ipaddr.process(address).range() === 'unicast';
}

/** Tells whether a text is a point of the curve P-256, as base64url (RFC 8291 section 3.1). */
export function isPublicKey(text: string): boolean {
  try {
    const point = Buffer.from(text, 'base64url');
    const key = ECDH.convertKey(
      point,
      'prime256v1',
      undefined,
      undefined,
      'uncompressed',
    );
    return point.length === 65 && Buffer.from(key as Buffer).equals(point);
  } catch {
    return false;
  }
}

/** Tells whether a text is a secret of a subscription, as base64url. */
export const isAuthSecret = (text: string): boolean =>
  Buffer.from(text, 'base64url').length === AUTH_BYTES;
