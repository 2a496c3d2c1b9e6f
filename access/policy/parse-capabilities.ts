import type { Server } from '../servers';
import { servers } from '../servers';
import { capabilities as allCapabilities, type Capability } from './policy';

const limited = new Set<string>(['subscribe', 'recover', 'scan']);

/** Capabilities of a server, in the order of {@link allCapabilities}. */
export const capabilitiesOf = (server: Server): readonly Capability[] => known[server];

const capabilitiesFor = (server: Server): readonly Capability[] =>
  allCapabilities.filter(
    (capability) => !limited.has(capability) || servers[server].capabilities.some((own) => own === capability),
  );

const known: Readonly<Record<Server, readonly Capability[]>> = {
  'vault-1.21': capabilitiesFor('vault-1.21'),
  'vault-2': capabilitiesFor('vault-2'),
  'openbao-2.7': capabilitiesFor('openbao-2.7'),
};

const write = ['create', 'read', 'update', 'delete', 'list'] as const;

/** What `policy = "…"` adds to the capabilities, from before capabilities existed. */
export const legacyPolicies: ReadonlyMap<string, readonly Capability[]> = new Map<string, readonly Capability[]>([
  ['deny', ['deny']],
  ['read', ['read', 'list']],
  ['write', write],
  ['sudo', [...write, 'sudo']],
]);

/**
 * Capabilities of a stanza from its words, in the order of {@link allCapabilities}. `deny` removes all others, and what follows it is not
 * checked.
 *
 * @returns the first unknown word if there is one
 */
export const capabilitiesFrom = (
  words: readonly string[],
  server: Server,
): readonly Capability[] | { unknown: string } => {
  const found = new Set<string>();
  for (const word of words) {
    if (word === 'deny') {
      return ['deny'];
    }
    if (!known[server].some((capability) => capability === word)) {
      return { unknown: word };
    }
    found.add(word);
  }
  return allCapabilities.filter((capability) => found.has(capability));
};
