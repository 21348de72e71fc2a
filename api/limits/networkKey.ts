import ipaddr from 'ipaddr.js';

/** Bits of an IPv6 address that one household has: providers never assign less. */
const IPV6_NETWORK_BITS = 64;

/**
 * Rate-limit key for a client address: an IPv4 address as it is, also where it is written as IPv6 (RFC
 * 4291 section 2.5.5.2); of an IPv6 address the first half, as a client controls its whole network.
 */
export function networkKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, IPV6_NETWORK_BITS / 16);
  return `${network.map((part) => part.toString(16)).join(':')}::/${IPV6_NETWORK_BITS}`;
}
