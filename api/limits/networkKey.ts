import ipaddr from 'ipaddr.js';

/** How many bits of an IPv6 address are one household's: what providers hand out is never less. */
const IPV6_NETWORK_BITS = 64;

/**
 * Whom to count requests by, from the address that they come from: IPv4 as it is, also where it is
 * written as IPv6 (RFC 4291 section 2.5.5.2), and the first half of IPv6, as whoever has one address
 * there has all of its network.
 */
export function networkKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, IPV6_NETWORK_BITS / 16);
  return `${network.map((part) => part.toString(16)).join(':')}::/${IPV6_NETWORK_BITS}`;
}
