import { isIP } from 'node:net';

import type { Rule } from '../rule';

/** A network in CIDR notation in the form servers give it back, so that Terraform sees no difference where there is none. */
export const cidrRule: Rule = {
  allowed: 'a network such as 10.20.0.0/16 or fd00:12::/32; one address is 10.20.0.7/32',
  pattern: /^[0-9a-f.:]+\/[0-9]{1,3}$/,
  fault: (text) => {
    const canonical = canonicalCidr(text);
    if (canonical === undefined) {
      return {
        message: 'this is not a network in CIDR notation',
        fix: isIP(text) === 0 ? 'write address/length' : `write ${text}/${isIP(text) === 4 ? 32 : 128} for one address`,
      };
    }
    return canonical === text
      ? undefined
      : { message: 'the network is not in its canonical form', fix: `write ${canonical}` };
  },
};

/** The network with host bits cleared and the address in its shortest form; undefined when the text is none. */
function canonicalCidr(text: string): string | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const family = isIP(address);
  if (rest.length > 0 || family === 0 || address.includes('%') || !/^(0|[1-9][0-9]{0,2})$/.test(length)) {
    return undefined;
  }
  const hostBits = (family === 4 ? 32 : 128) - Number(length);
  if (hostBits < 0) return undefined;
  const bits = bitsOf(family === 4 ? `::ffff:${address}` : address);
  const network = (bits >> BigInt(hostBits)) << BigInt(hostBits);
  return `${family === 4 ? ipv4(network) : ipv6(network)}/${length}`;
}

/** Whether networks together contain every IPv4 address, or every IPv6 address. What is not a network is left out. */
export const coverEverything = (networks: readonly string[]): boolean =>
  ([4, 6] as const).some((family) => {
    const size = family === 4 ? 32 : 128;
    const ranges = networks
      .filter((network) => canonicalCidr(network) === network && isIP(network.split('/')[0] ?? '') === family)
      .map((network) => {
        const [address = '', length] = network.split('/');
        const bits = bitsOf(family === 4 ? `::ffff:${address}` : address);
        const first = family === 4 ? BigInt.asUintN(32, bits) : bits;
        return { first, end: first + (1n << BigInt(size - Number(length))) };
      })
      .sort((a, b) => (a.first < b.first ? -1 : 1));
    const end = ranges.reduce((reached, range) => {
      if (range.first > reached || range.end < reached) return reached;
      return range.end;
    }, 0n);
    return end === 1n << BigInt(size);
  });

/** Whether a network contains another one, or is the same. Both are canonical. */
export function containsNetwork(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const [network, length] = partsOf(outer);
  const [address, ownLength] = partsOf(inner);
  if (ownLength < length || isIP(network) !== isIP(address)) return false;
  const rest = BigInt((isIP(network) === 4 ? 32 : 128) - length);
  return bitsOfAddress(network) >> rest === bitsOfAddress(address) >> rest;
}

function partsOf(network: string): readonly [address: string, length: number] {
  const [address = '', length] = network.split('/');
  return [address, Number(length)];
}

/** The bits of an address; those of IPv4 without the URLs that IPv6 takes, because inventories have many of them. */
const bitsOfAddress = (address: string): bigint =>
  isIP(address) === 4 ? address.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n) : bitsOf(address);

/** The bits of an IPv6 address. */
function bitsOf(address: string): bigint {
  const [left = [], right = []] = shortestIpv6(address)
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = new Array<string>(8 - left.length - right.length).fill('0');
  return BigInt(`0x${[...left, ...zeros, ...right].map((group) => group.padStart(4, '0')).join('')}`);
}

const ipv4 = (bits: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');

const ipv6 = (bits: bigint): string => {
  const groups = bits.toString(16).padStart(32, '0').match(/.{4}/g) ?? [];
  return shortestIpv6(groups.join(':'));
};

/** As RFC 5952 has it; URLs are written the same way. */
const shortestIpv6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
