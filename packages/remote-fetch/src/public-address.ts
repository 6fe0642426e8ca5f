import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** All that is handed out for the public internet; what lies outside are other ways to write IPv4, and local scopes. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address is one of the public internet that means one machine: neither private, local, shared, reserved
 * nor a group, and no IPv6 spelling or tunnel of an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo), which could
 * lead to one that is. Source: IANA special-purpose address registries, as ipaddr.js has them.
 */
export function isPublicAddress(text: string): boolean {
  // The library would read `1.2.3` as well; nothing that connects gives such a spelling.
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast);
}
