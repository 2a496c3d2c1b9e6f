import { Acl } from '../../access/decide/acl';
import { capabilities, type Capability, type Policy, type Stanza } from '../../access/policy/policy';
import type { Server } from '../../access/servers';

/** Conditions of a stanza that has none. */
export const unconditional = {
  allowedParameters: new Map<string, never>(),
  deniedParameters: new Map<string, never>(),
  requiredParameters: [],
  minWrappingTtlSeconds: 0,
  maxWrappingTtlSeconds: 0,
  paginationLimit: 0,
  subscribeEventTypes: [],
  mfaMethods: [],
};

/** A stanza, without conditions unless they are given. */
export const stanza = (path: string, list: readonly Capability[], others: Partial<Stanza> = {}): Stanza => ({
  path,
  position: { line: 1, column: 1 },
  capabilities: list.includes('deny') ? ['deny'] : capabilities.filter((one) => list.includes(one)),
  ...unconditional,
  ...others,
});

export const policy = (name: string, stanzas: readonly Stanza[]): Policy => ({
  name,
  stanzas,
  isRoot: name === 'root',
  templateValues: { wildcards: false, slashes: false },
});

/** Rules of one policy: capabilities by path, separated by commas. */
export const acl = (paths: Readonly<Record<string, string>>, server: Server = 'openbao-2.7'): Acl =>
  Acl.compile([policyOf('policy', paths)], { server });

/** A policy of capabilities by path, separated by commas. */
export const policyOf = (name: string, paths: Readonly<Record<string, string>>): Policy =>
  policy(
    name,
    Object.entries(paths).map(([path, list]) => stanza(path, list.split(',') as Capability[])),
  );
