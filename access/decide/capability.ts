import { capabilities, type Capability } from '../policy/policy';

/** Bit of each capability in {@link Rule.capabilities}. */
export const capabilityBit: Readonly<Record<Capability, number>> = {
  create: 1,
  read: 2,
  update: 4,
  patch: 8,
  delete: 16,
  list: 32,
  scan: 64,
  sudo: 128,
  recover: 256,
  subscribe: 512,
  deny: 1024,
};

/** Bit set of a list. */
export const capabilityMask = (list: readonly Capability[]): number =>
  list.reduce((mask, capability) => mask | capabilityBit[capability], 0);

/** List of a bit set, in the order of {@link capabilities}. */
export const capabilitiesOf = (mask: number): Capability[] =>
  capabilities.filter((capability) => (mask & capabilityBit[capability]) !== 0);
