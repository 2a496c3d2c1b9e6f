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
export function canonicalCidr(text: string): string | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const family = isIP(address);
  if (rest.length > 0 || family === 0 || address.includes('%') || !/^(0|[1-9][0-9]{0,2})$/.test(length)) {
    return undefined;
  }
  const width = family === 4 ? 32 : 128;
  const hostBits = width - Number(length);
  if (hostBits < 0) return undefined;
  const bits = (family === 4 ? bitsOfIpv4(address) : bitsOfIpv6(address)) >> BigInt(hostBits);
  const network = bits << BigInt(hostBits);
  return `${family === 4 ? ipv4(network) : ipv6(network)}/${length}`;
}

const bitsOfIpv4 = (address: string): bigint =>
  address.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);

function bitsOfIpv6(address: string): bigint {
  const [head = '', tail] = shortestIpv6(address).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const all = [...left, ...new Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return all.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

const ipv4 = (bits: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');

function ipv6(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (bits >> BigInt(112 - 16 * index)) & 0xffffn);
  return shortestIpv6(groups.map((group) => group.toString(16)).join(':'));
}

/** As RFC 5952 has it; URLs are written the same way. */
const shortestIpv6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
