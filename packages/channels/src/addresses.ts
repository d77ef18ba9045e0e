import { BlockList, isIP } from "node:net";

/**
 * Which addresses are on the public internet. Everything in the IANA registries of special-purpose addresses is not:
 * loopback, private, link-local (where clouds keep their metadata), shared, multicast, documentation, benchmarking.
 *
 * For IPv6 the question is turned round: only global unicast (2000::/3) can be public, and from it the special blocks
 * are taken out. That leaves out the forms in which an IPv4 address hides (mapped ::ffff:0:0/96, compatible ::/96,
 * NAT64 64:ff9b::/96 and 64:ff9b:1::/48, 6to4 2002::/16, Teredo 2001::/32) without having to decode any of them. A
 * network that reaches IPv4 only through NAT64 loses by that; nobody else does.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  switch (isIP(bare)) {
    case 4:
      return !specialIPv4.check(bare, "ipv4");
    case 6:
      return globalUnicast.check(bare, "ipv6") && !specialIPv6.check(bare, "ipv6");
    default:
      return false;
  }
}

const specialIPv4 = blocks("ipv4", [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // shared by carriers; some clouds keep metadata here
  ["127.0.0.0", 8], // loopback
  ["168.63.129.16", 32], // a cloud's control address that looks public
  ["169.254.0.0", 16], // link-local; cloud metadata
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.31.196.0", 24], // AS112
  ["192.52.193.0", 24], // AMT
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16], // private
  ["192.175.48.0", 24], // AS112
  ["198.18.0.0", 15], // benchmarking
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved and broadcast
]);

const globalUnicast = blocks("ipv6", [["2000::", 3]]);

const specialIPv6 = blocks("ipv6", [
  ["2001::", 23], // protocol assignments: Teredo, benchmarking, ORCHID, …
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4
  ["2620:4f:8000::", 48], // AS112
  ["3ffe::", 16], // the former 6bone
  ["3fff::", 20], // documentation
]);

function blocks(family: "ipv4" | "ipv6", subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}
