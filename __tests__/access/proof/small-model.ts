import type { Operation } from '../../../access/decide/request';
import type { Capability, Policy, Stanza } from '../../../access/policy/policy';
import type { AccessModel, Mount, Owner, Principal } from '../../../access/principals/access-model';
import type { Server } from '../../../access/servers';

export const now = Date.parse('2026-12-01T12:00:00Z');

export const owner = (tenant: string, environment = 'devel'): Owner => ({
  team: `team-${tenant}`,
  tenant,
  environment,
});

export const stanza = (path: string, capabilities: readonly Capability[], over: Partial<Stanza> = {}): Stanza => ({
  path,
  position: { line: 1, column: 1 },
  capabilities,
  allowedParameters: new Map(),
  deniedParameters: new Map(),
  requiredParameters: [],
  minWrappingTtlSeconds: 0,
  maxWrappingTtlSeconds: 0,
  paginationLimit: 0,
  subscribeEventTypes: [],
  mfaMethods: [],
  ...over,
});

/** Capabilities by path. */
export type Rules = Readonly<Record<string, readonly Capability[]>>;

export const policy = (name: string, rules: Rules): Policy => ({
  name,
  isRoot: name === 'root',
  templateValues: { wildcards: false, slashes: false },
  stanzas: Object.entries(rules).map(([path, capabilities]) => stanza(path, capabilities)),
});

export interface SmallPrincipal {
  readonly owner?: Owner;
  readonly rules: Rules;
  readonly over?: Partial<Principal>;
}

/** One principal for each entry, with a policy of the same name. */
export function smallModel(
  entries: Readonly<Record<string, SmallPrincipal>>,
  {
    server = 'openbao-2.7',
    mounts = [{ path: 'v1/devel/kv/', type: 'kv-v2' }],
  }: { server?: Server; mounts?: Mount[] } = {},
): AccessModel {
  const policies = new Map(
    Object.entries(entries).map(([name, { owner: mine, rules }]) => {
      const placed = { policy: policy(name, rules), text: '', ...(mine !== undefined && { owner: mine }) };
      return [name, placed] as const;
    }),
  );
  const principals = Object.entries(entries).map(([name, { owner: mine, over }]): Principal => ({
    id: `approle:approle/role/${name}-role`,
    kind: 'approle',
    mount: 'approle',
    name: `${name}-role`,
    policies: [name],
    ...(mine !== undefined && { owner: mine }),
    ...over,
  }));
  return { server, policies, principals, mounts };
}

export const everyOperation: readonly Operation[] = [
  ...(['read', 'list', 'scan', 'create', 'update', 'patch', 'delete', 'recover'] as const),
];
